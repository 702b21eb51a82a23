/**
 * Where the secrets of a text are. One scan for all: JSON and JSON within JSON however it is escaped, addresses, headers,
 * connection strings, what developers print. The page waits for it, whatever its texts are: every step goes forward, and
 * a text of any kind takes a time that grows with its length only (tested).
 */
import { SECRET_NAME, countsTokens } from "./secret-names.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
  /** Stands around what takes its place: the name had quotes and the value had none, and it must stay JSON. */
  readonly quote: string;
}

const LONGEST_NAME = 60;
/** Longest value in a connection string: there it may hold spaces. */
const LONGEST_SETTING = 300;

/** Made when the first suspicious text comes: the hook is on every page, and most have none. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const QUERY_NAME = "access_token|id|connectionToken|token|sig|code|key";
const QUERY = `(?:[?&]|%3F|%26|\\\\u0026)(?:${QUERY_NAME})(?:=|%3D)`;
/** A long value, with no sign before its name. */
const BARE = "(?:id|sig|code|key)=[\\w.~+/%-]{16}";
const SCHEME = "Bearer|Basic|Digest|NTLM|DPoP|ApiKey|SharedKey(?:Lite)?|SharedAccessSignature";

const suspicious = once(
  () =>
    new RegExp(
      `eyJ|://[^\\s/"]{1,200}@|${QUERY}|\\b${BARE}|\\b(?:${SCHEME})\\b|PRIVATE KEY|${SECRET_NAME}`,
      "i",
    ),
);

/** A cheap look for anything that could be a secret: most texts are left alone. */
export const isSuspicious = (text: string): boolean => suspicious().test(text);

/**
 * What is a secret whatever stands around it: the first group stays, the second is the secret. Each begins with something
 * fixed, and once it has begun it never has to give back more than a few characters.
 */
const shapes = once((): readonly RegExp[] => [
  // JWTs: https://www.rfc-editor.org/rfc/rfc7519. What has no dot and nothing behind it is a header alone.
  /()(eyJ[\w-]{4,}(?:\.[\w-]*){0,4})/g,
  // User and password in an address.
  /(:\/\/)([^\s/?#"'@\\]+@)/g,
  new RegExp(`(${QUERY})([^&\\s"'\\\\]+)`, "gi"),
  new RegExp(`\\b(?=${BARE})([a-z]+=)([\\w.~+/%-]+=*)`, "gi"),
  new RegExp(`\\b((?:${SCHEME})(?:\\s{1,4}|%20|\\+))([\\w.~+/%=&-]{8,})`, "gi"),
  /()(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$))/g,
]);

const NONE: readonly never[] = [];

/** Whether one of these stands in the text. For the hot path: nothing is made. */
export function holdsAny(text: string, known: readonly string[]): boolean {
  for (let i = 0; i < known.length; i++) if (text.includes(known[i] as string)) return true;
  return false;
}

/**
 * Where secrets stand, from left to right, none within another.
 * @param known secrets that have no shape and may have no name: they are looked for as they are
 */
export function findSecrets(text: string, known: readonly string[] = NONE): readonly Span[] {
  const suspicious = isSuspicious(text);
  if (!suspicious && !holdsAny(text, known)) return NONE;
  const found = suspicious ? namedSecrets(text) : [];
  for (const secret of known)
    for (let from = text.indexOf(secret); from >= 0; from = text.indexOf(secret, from + secret.length))
      found.push({ from, to: from + secret.length, quote: "" });
  for (const shape of shapes())
    for (const match of text.matchAll(shape)) {
      const [whole, before = "", secret = ""] = match;
      if (secret.startsWith("eyJ") && !/\.[\w-]{4}/.test(secret)) continue;
      found.push({ from: match.index + before.length, to: match.index + whole.length, quote: "" });
    }
  found.sort((a, b) => a.from - b.from);
  const apart: Span[] = [];
  for (const span of found) {
    const last = apart.at(-1);
    if (!last || span.from >= last.to) apart.push(span);
    else if (span.to > last.to) apart[apart.length - 1] = { ...last, to: span.to };
  }
  return apart;
}

const namePattern = once(() => new RegExp(SECRET_NAME, "gi"));

/** What stands behind a secret's name. */
function namedSecrets(text: string): Span[] {
  const found: Span[] = [];
  const pattern = namePattern();
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const from = nameStart(text, match.index);
    const to = nameEnd(text, match.index + match[0].length);
    const span = valueOf(text, from, to);
    if (span) found.push(span);
    pattern.lastIndex = Math.max(to, span?.to ?? 0);
  }
  return found;
}

const inName = (text: string, at: number): boolean => /[\w.$-]/.test(text[at] ?? " ");

function nameStart(text: string, at: number): number {
  let from = at;
  while (from > 0 && at - from < LONGEST_NAME && inName(text, from - 1)) from--;
  // The end of an escaped character is no part of it.
  const escaped = /^\\(u00[0-9a-f]{2}|[nrt])|^%((?:25)*[0-9a-f]{2})/i.exec(
    text.slice(Math.max(0, from - 1), at),
  );
  return escaped ? from + (escaped[1] ?? escaped[2] ?? "").length : from;
}

function nameEnd(text: string, at: number): number {
  let to = at;
  while (to - at < LONGEST_NAME && inName(text, to)) to++;
  return to;
}

interface Quote {
  /** As it stands in the text, with what escapes it. */
  readonly form: string;
  readonly end: number;
}

const QUOTE = /(?:\\+u00(?:22|27|60)|\\*["'`]|%(?:25)*2[27]|&(?:quot|apos|#34|#39|#x22|#x27);)/iy;
const SEPARATOR = /\s{0,20}(?:[:=]>?|%(?:25)*3[ad]|\\+u003[ad])\s{0,20}/iy;
/** `{"name":"password","value":"…"}`, as headers and dictionaries are listed. */
const VALUE_NAME = /\s{0,20},\s{0,20}[\\%"'&u0-9quot;]{1,12}value/iy;
const COMMA = /\s{0,20},\s{0,20}/y;

function at(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
}

function quoteAt(text: string, index: number): Quote | undefined {
  const form = at(QUOTE, text, index);
  return form === undefined ? undefined : { form, end: index + form.length };
}

function valueOf(text: string, nameFrom: number, nameTo: number): Span | undefined {
  const quoted = quoteAt(text, nameTo);
  const behind = quoted?.end ?? nameTo;
  const separator = at(SEPARATOR, text, behind);
  if (separator !== undefined)
    return valueAt(text, behind + separator.length, nameFrom, nameTo, quoted, separator);
  if (!quoted) return xmlValue(text, nameFrom, nameTo);
  const label = at(VALUE_NAME, text, behind);
  if (label !== undefined) {
    const labelEnd = behind + label.length;
    const from = labelEnd + (at(QUOTE, text, labelEnd)?.length ?? 0);
    const sign = at(SEPARATOR, text, from);
    return sign === undefined ? undefined : valueAt(text, from + sign.length, nameFrom, nameTo, quoted, sign);
  }
  // The next of a list, and no name itself: ["password", "…"].
  const comma = at(COMMA, text, behind);
  if (comma === undefined || !text.startsWith(quoted.form, nameFrom - quoted.form.length)) return undefined;
  const open = quoteAt(text, behind + comma.length);
  if (open?.form !== quoted.form) return undefined;
  const close = closing(text, open);
  return at(SEPARATOR, text, close.end) === undefined
    ? { from: open.end, to: close.at, quote: "" }
    : undefined;
}

/** <password>…</password> */
function xmlValue(text: string, nameFrom: number, nameTo: number): Span | undefined {
  if (text[nameFrom - 1] !== "<" || text[nameTo] !== ">") return undefined;
  const to = text.indexOf("<", nameTo);
  return { from: nameTo + 1, to: to < 0 ? text.length : to, quote: "" };
}

function valueAt(
  text: string,
  from: number,
  nameFrom: number,
  nameTo: number,
  quoted: Quote | undefined,
  separator: string,
): Span | undefined {
  const open = quoteAt(text, from);
  if (open) return { from: open.end, to: closing(text, open).at, quote: "" };
  const quote = quoted?.form ?? "";
  if (text[from] === "[" || text[from] === "{")
    return { from, to: bracketEnd(text, from, quote === "" ? '"' : quote), quote };
  const name = text.slice(nameFrom, nameTo);
  const to = quoted
    ? bareEnd(text, from, /[\s,}\])"'\\&%]/g)
    : unquotedEnd(text, from, nameFrom, separator, name);
  const value = text.slice(from, to);
  if (value === "" || /^(?:true|false|null|undefined|None)$/.test(value)) return undefined;
  if (/^\d+$/.test(value) && countsTokens(name)) return undefined;
  return { from, to, quote };
}

function unquotedEnd(text: string, from: number, nameFrom: number, separator: string, name: string): number {
  // Authorization: ApiKey abc; Cookie: a=b; c=d
  if (separator.includes(":") && /authorization|cookie/i.test(name))
    return bareEnd(text, from, /[\r\n"'<\\]/g);
  const narrow = bareEnd(text, from, /[\s&,;"'`<>|]|\\[nrtu"'\\]/g);
  const setting = bareEnd(text, from, /[;"'\r\n<]/g);
  const isSetting = text[nameFrom - 1] === ";" || text[setting] === ";";
  return isSetting && setting - from < LONGEST_SETTING ? Math.max(narrow, setting) : narrow;
}

function bareEnd(text: string, from: number, ends: RegExp): number {
  ends.lastIndex = from;
  return ends.exec(text)?.index ?? text.length;
}

/**
 * Where a quoted value ends; a text that was cut off, at its end. In JSON within JSON a quote has backslashes of its own, b of
 * them, and one that belongs to the value has others: 2b + 1, or n escaped backslashes more.
 */
function closing(text: string, { form, end }: Quote): { readonly at: number; readonly end: number } {
  const mark = form.replace(/^\\+/, "");
  const escapes = form.length - mark.length;
  const period = 2 ** (33 - Math.clz32(escapes));
  for (let found = text.indexOf(mark, end); found >= 0; found = text.indexOf(mark, found + mark.length)) {
    let before = found;
    while (before > end && text[before - 1] === "\\") before--;
    const slashes = found - before;
    if (mark[0] === "u" && slashes === 0) continue;
    if (mark[0] === "%" && /%(?:25)*5C$/i.test(text.slice(Math.max(end, found - 9), found))) continue;
    // With fewer of them it is the text around that ends.
    if (slashes < escapes) return { at: before, end: before };
    if ((slashes - escapes) % period === 0) return { at: found - escapes, end: found + mark.length };
  }
  return { at: text.length, end: text.length };
}

/** Behind the bracket that ends the list or object at `from`; what is in quotes of `form` is no bracket. */
function bracketEnd(text: string, from: number, form: string): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") {
      if (--depth === 0) return i + 1;
    } else if (text.startsWith(form, i)) i = closing(text, { form, end: i + form.length }).end - 1;
  }
  return text.length;
}
