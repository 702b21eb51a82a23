/**
 * Which names say that their value is a secret: of fields, query parameters, headers, settings in a connection string. Rather
 * too many than too few, in every spelling: `accessToken`, `x-api-key`, `client_secret`, `passwordHash`.
 */

/** Anywhere in a name. Sources: OAuth 2.0 (RFC 6749), Azure's connection strings, ASP.NET Core Identity, common headers. */
const WORDS = [
  "pass[-_. ]?(?:wor[dt]|wd|phrase|code|key)",
  "pwd",
  "secret(?!ar)",
  "token(?!iz|[-_. ]?id(?![a-z]))",
  "credential",
  "authorization",
  "cookie(?![-_. ]?(?:banner|consent|notice|policy))",
  "[cx]srf",
  "(?:2fa|mfa|otp|pin)[-_. ]?code",
  "signature",
  "sess(?:ion)?[-_. ]?id",
  "connection[-_. ]?string",
  "(?:api|app|access|account|admin|auth|client|crypto|encryption|function|host|licen[cs]e|master|primary|private|secondary|security|service|session|shared|signing|storage|subscription)[-_. ]?key",
].join("|");

/** Only as the whole name: inside of others these mean something else. */
const WHOLE = "pass|pw|pin|otp|cvv|cvc|jwt|(?:x-)?auth|bearer|session|sid";

/**
 * Finds the names in a text; "g" and "i" are for whoever compiles it. What stands before a whole name may be an escaped
 * character (`\u0022`, `%26`), whose end looks like a part of it.
 */
export const SECRET_NAME = `${WORDS}|(?<=^|[^\\w$-]|u00[0-9a-f]{2}|%[0-9a-f]{2}|\\\\[nrt])(?:${WHOLE})(?![\\w$-])`;

let loose: RegExp | undefined;
/** A cheap look at a text in which names have no boundaries, as among bytes. */
export const couldHoldSecretName = (text: string): boolean =>
  (loose ??= new RegExp(`${WORDS}|${WHOLE}`, "i")).test(text);

let names: RegExp | undefined;
/** Whether a field of this name holds a secret. */
export const isSecretName = (name: string): boolean => (names ??= new RegExp(SECRET_NAME, "i")).test(name);

/** What these name may as well be a thing with fields of its own: a pin on a map, a session of a conference. */
export const mayNameObject = (name: string): boolean => /^(?:pin|session)$/i.test(name);

/** What these name, in words of their own, may as well be told about in a sentence: "Session: closed". */
export const mayBeginSentence = (name: string): boolean => /^(?:bearer|session)$/i.test(name);

/** A name under a text, not a proof of who sent it. */
export const isSignature = (name: string): boolean => /^signature$/i.test(name);

/** Numbers of tokens, as language models count them. */
export const countsTokens = (name: string): boolean => /tokens$/i.test(name);
