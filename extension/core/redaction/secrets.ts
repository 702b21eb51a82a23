/**
 * Finds the secrets in a text, in one scan: in JSON and nested JSON with any escaping, addresses, headers, connection strings
 * and log messages. It runs in the page's main thread, so the time must be linear in the length of the text, whatever it
 * contains (tested).
 */
import { SECRET_NAME, countsTokens, isSignature, mayBeginSentence, mayNameObject } from "./secret-names.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
  /** The quote to put around the replacement: the name had quotes and the value had none, and the text must stay valid JSON. */
  readonly quote: string;
}

const LONGEST_NAME = 60;
/** Limits a value in a connection string, as it may contain spaces. */
const LONGEST_SETTING = 300;

/** Created at the first suspicious text: the hook is on every page, and most have none. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const QUERY_NAME = "access_token|id|connectionToken|token|sig|code|key";
const QUERY = `(?:[?&]|%3F|%26|\\\\u0026)(?:${QUERY_NAME})(?:=|%3D)`;
/** A long value, with no separator before its name. */
const BARE = "(?:id|sig|code|key)=[\\w.~+/%-]{16}";
const SCHEME = "Bearer|Basic|Digest|NTLM|DPoP|ApiKey|SharedKey(?:Lite)?|SharedAccessSignature";

const suspicious = once(
  () =>
    new RegExp(
      `eyJ|/[^\\s/"]{1,200}@|${QUERY}|\\b${BARE}|\\b(?:${SCHEME})\\b|PRIVATE KEY|${SECRET_NAME}`,
      "i",
    ),
);

/** A cheap check for anything that could be a secret: most texts need no further work. */
export const isSuspicious = (text: string): boolean => suspicious().test(text);

/**
 * Secrets with a recognisable format: the first group stays, the second is the secret. To stay fast, each pattern begins with
 * fixed characters and backtracks only a few.
 */
const shapes = once((): readonly RegExp[] => [
  // JWTs: https://www.rfc-editor.org/rfc/rfc7519. The later parts may be missing.
  /()(eyJ[\w-]{4,}(?:\.[\w-]*){0,4})/g,
  // User and password in an address; the password may contain an @. Without a scheme both must be there.
  /(:\/\\{0,3}\/)([^\s/?#"'\\]+@)/g,
  /(\/\\{0,3}\/)([^\s/?#"'\\:@]+:[^\s/?#"'\\]+@)/g,
  new RegExp(`(${QUERY})([^&\\s"'\\\\]+)`, "gi"),
  new RegExp(`\\b(?=${BARE})([a-z]+=)([\\w.~+/%-]+=*)`, "gi"),
  new RegExp(`\\b((?:${SCHEME})(?:\\s{1,4}|%20|\\+)(?:\\\\{0,8}["'])?)([\\w.~+/%=&-]{8,})`, "gi"),
  /()(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$))/g,
]);

const NONE: readonly never[] = [];

/** Whether the text contains one of these. For the hot path: nothing is allocated. */
export function holdsAny(text: string, known: readonly string[]): boolean {
  for (let i = 0; i < known.length; i++) if (text.includes(known[i] as string)) return true;
  return false;
}

/**
 * The positions of secrets, from left to right, without overlaps.
 * @param known secrets without a format or name by which they are recognised: searched for literally
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

/** The values after secrets' names. */
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
  // The end of an escaped character isn't part of the name.
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
  /** As it is in the text, with its escapes. */
  readonly form: string;
  readonly end: number;
}

const QUOTE = /(?:\\+u00(?:22|27|60)|\\*["'`]|%(?:25)*2[27]|&(?:quot|apos|#34|#39|#x22|#x27);)/iy;
const SEPARATOR = /\s{0,20}(?:[:=]>?|%(?:25)*3[ad]|\\+u003[ad])\s{0,20}/iy;
/** `{"name":"password","value":"…"}`, as in lists of headers and settings; another field may be in between. */
const VALUE = `(?:\\b|2)value(?:${QUOTE.source})?${SEPARATOR.source}`;
const VALUE_BEHIND = new RegExp(`(?:\\s{0,20},|\\s)[^{}<>[\\]]{0,100}?${VALUE}`, "iy");
/** The same the other way round, within the same object or tag. */
const VALUE_BEFORE = new RegExp(VALUE, "i");
const LONGEST_BEFORE = 600;
/** The end of a header in multipart form data. */
const NEW_LINE = "(?:\\r?\\n|(?:\\\\+r)?\\\\+n)";
const PART_HEAD = new RegExp(`(?:${NEW_LINE}[\\w-]{1,40}:[^\\r\\n\\\\]{0,200})?${NEW_LINE}{2}`, "y");
const PART_END = /(?:\n|\\n)--/g;
const IS_VALUE = /(?:[:=]|%3A|\\u003[ad])\s{0,20}$/i;
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
  const open = nameFrom - quoted.form.length;
  const before = text.slice(Math.max(0, open - 21), open);
  if (text.startsWith(quoted.form, open) && IS_VALUE.test(before))
    return namedBeside(text, open, behind, quoted, nameFrom, nameTo);
  // The next item of a list, if it isn't a name itself: ["password", "…"].
  const comma = at(COMMA, text, behind);
  if (comma === undefined || !text.startsWith(quoted.form, open)) return undefined;
  const next = quoteAt(text, behind + comma.length);
  if (next?.form !== quoted.form) return undefined;
  const close = closing(text, next);
  return at(SEPARATOR, text, close.end) === undefined
    ? { from: next.end, to: close.at, quote: "" }
    : undefined;
}

/**
 * The name is itself the value of a field, between `open` and `behind`: the secret is in another field, or in a part of
 * multipart form data.
 */
function namedBeside(
  text: string,
  open: number,
  behind: number,
  quoted: Quote,
  nameFrom: number,
  nameTo: number,
): Span | undefined {
  const head = text.endsWith("name=", open) ? at(PART_HEAD, text, behind) : undefined;
  if (head !== undefined)
    return { from: behind + head.length, to: bareEnd(text, behind + head.length, PART_END), quote: "" };
  const label = at(VALUE_BEHIND, text, behind);
  if (label !== undefined) return valueAt(text, behind + label.length, nameFrom, nameTo, quoted, "");
  const near = text.slice(Math.max(0, open - LONGEST_BEFORE), open);
  const same = near.slice(Math.max(near.lastIndexOf("{"), near.lastIndexOf("<")) + 1);
  const before = VALUE_BEFORE.exec(same);
  if (!before) return undefined;
  const from = open - same.length + before.index + before[0].length;
  const span = valueAt(text, from, nameFrom, nameTo, quoted, "");
  return span && span.to <= open ? span : undefined;
}

/** <password>…</password>, with a prefix or attributes as well. */
function xmlValue(text: string, nameFrom: number, nameTo: number): Span | undefined {
  if (!/<(?:[\w.-]{1,40}:)?$/.test(text.slice(Math.max(0, nameFrom - 42), nameFrom))) return undefined;
  const tag = at(REST_OF_TAG, text, nameTo);
  if (tag === undefined) return undefined;
  const from = nameTo + tag.length;
  const to = text.indexOf("<", from);
  const span = { from, to: to < 0 ? text.length : to, quote: "" };
  return text.slice(from, span.to).trim() === "" ? undefined : span;
}
const REST_OF_TAG = /(?:\s[^<>]{0,300})?(?<!\/)>/y;

function valueAt(
  text: string,
  from: number,
  nameFrom: number,
  nameTo: number,
  quoted: Quote | undefined,
  separator: string,
): Span | undefined {
  const name = text.slice(nameFrom, nameTo);
  const open = quoteAt(text, from);
  if (open) {
    const to = closing(text, open).at;
    return isSignature(name) && /\s/.test(text.slice(open.end, to))
      ? undefined
      : { from: open.end, to, quote: "" };
  }
  const quote = quoted?.form ?? "";
  if (text[from] === "{" && mayNameObject(name)) return undefined;
  if (text[from] === "[" || text[from] === "{")
    return { from, to: bracketEnd(text, from, quote === "" ? '"' : quote), quote };
  const to = quoted
    ? bareEnd(text, from, /[\s,}\])"'\\&%]/g)
    : unquotedEnd(text, from, nameFrom, separator, name);
  const value = text.slice(from, to);
  if (value === "" || /^(?:true|false|null|undefined|None)$/.test(value)) return undefined;
  if (/^\d+$/.test(value) && countsTokens(name)) return undefined;
  if (!quoted && separator.includes(":") && mayBeginSentence(name) && /^[a-z]+$/i.test(value))
    return undefined;
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
 * Where a quoted value ends; in an incomplete text at the end of the text. In nested JSON a quote that ends a value has b
 * backslashes, and one inside the value has 2b + 1, or more with escaped backslashes.
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
    // With fewer backslashes the outer text ends.
    if (slashes < escapes) return { at: before, end: before };
    if ((slashes - escapes) % period === 0) return { at: found - escapes, end: found + mark.length };
  }
  return { at: text.length, end: text.length };
}

/** The index after the bracket that closes the list or object at `from`, ignoring brackets in quotes of `form`. */
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
