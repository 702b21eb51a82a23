/**
 * Names of secrets: of fields, query parameters, headers, settings in a connection string. Too many are better than too few, in
 * every spelling: `accessToken`, `x-api-key`, `client_secret`, `passwordHash`.
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

/** Only as the whole name: as a part of others these mean something else. */
const WHOLE = "pass|pw|pin|otp|cvv|cvc|jwt|(?:x-)?auth|bearer|session|sid";

/**
 * Finds the names in a text; compile it with the flags "g" and "i". Before a whole name there may be an escaped character
 * (`\u0022`, `%26`), whose end looks like a part of the name.
 */
export const SECRET_NAME = `${WORDS}|(?<=^|[^\\w$-]|u00[0-9a-f]{2}|%[0-9a-f]{2}|\\\\[nrt])(?:${WHOLE})(?![\\w$-])`;

let loose: RegExp | undefined;
/** A cheap check for texts in which names have no boundaries, such as bytes. */
export const couldHoldSecretName = (text: string): boolean =>
  (loose ??= new RegExp(`${WORDS}|${WHOLE}`, "i")).test(text);

let names: RegExp | undefined;
/** Whether a field of this name holds a secret. */
export const isSecretName = (name: string): boolean => (names ??= new RegExp(SECRET_NAME, "i")).test(name);

/** These may also name an object that isn't secret: a pin on a map, a session of a conference. */
export const mayNameObject = (name: string): boolean => /^(?:pin|session)$/i.test(name);

/** These may also begin a sentence: "Session: closed". */
export const mayBeginSentence = (name: string): boolean => /^(?:bearer|session)$/i.test(name);

/** May be a person's name below a text, instead of a cryptographic signature. */
export const isSignature = (name: string): boolean => /^signature$/i.test(name);

/** Counts of tokens, as in APIs of language models. */
export const countsTokens = (name: string): boolean => /tokens$/i.test(name);
