/**
 * Reads the envelope of JSON hub messages (type, target, ids, error) without parsing their arguments: the hook runs this for
 * every message of the page, so nothing is allocated except the few texts that are needed.
 *
 * It never throws: invalid messages get type 0 and a `problem`. Format: each message is a JSON object followed by 0x1E ("JSON
 * encoding" in
 * https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md).
 */
import type { MessageType } from "./terms.ts";
import type { Bytes } from "../units.ts";

export const RECORD_SEPARATOR = "\x1e";

/** Reused for every message: read it before the next one is scanned. */
export interface Envelope {
  type: MessageType;
  target: string | undefined;
  invocationId: string | undefined;
  /** Raw JSON array text of `streamIds`. */
  streamIds: string | undefined;
  error: string | undefined;
  allowReconnect: boolean;
  sequenceId: number | undefined;
  problem: string | undefined;
  /** Where reading stopped, counted from the beginning of the message: characters of a text, bytes of a binary one. */
  problemAt: number;
  /** Where the value of the last key begins, in the text that the message is in. Only of JSON messages. */
  lastValueAt: number;
}

export const newEnvelope = (): Envelope => ({
  type: 0,
  target: undefined,
  invocationId: undefined,
  streamIds: undefined,
  error: undefined,
  allowReconnect: false,
  sequenceId: undefined,
  problem: undefined,
  problemAt: 0,
  lastValueAt: 0,
});

/** Resets it before the next message. */
export function clearEnvelope(out: Envelope): void {
  out.type = 0;
  out.target = out.invocationId = out.streamIds = out.error = out.sequenceId = out.problem = undefined;
  out.problemAt = out.lastValueAt = 0;
  out.allowReconnect = false;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/**
 * Scans the message in `text` from `start` to `end` (without its separator) into `out`. Values are taken from the top level
 * only; of a repeated key the last value counts, as in JSON.parse.
 */
export function scanMessage(text: string, start: number, end: number, out: Envelope): void {
  clearEnvelope(out);
  let type: number | undefined;
  let at = skipSpace(text, start, end);
  if (text.charCodeAt(at) !== OPEN_BRACE || at >= end) return fail(out, "not a JSON object", at - start);
  at = skipSpace(text, at + 1, end);
  if (text.charCodeAt(at) === CLOSE_BRACE) return fail(out, "no type", at - start);
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE)
      return fail(out, at >= end ? CUT_OFF : "a key was expected", at - start);
    const keyEnd = endOfString(text, at, end);
    if (keyEnd < 0) return fail(out, CUT_OFF, end - start);
    const keyStart = at + 1;
    const keyLength = keyEnd - at - 1;
    at = skipSpace(text, keyEnd + 1, end);
    if (text.charCodeAt(at) !== COLON)
      return fail(out, at >= end ? CUT_OFF : "a colon was expected", at - start);
    at = skipSpace(text, at + 1, end);
    const valueEnd = endOfValue(text, at, end);
    if (valueEnd < 0) return fail(out, CUT_OFF, end - start);
    if (valueEnd === at) return fail(out, at >= end ? CUT_OFF : "a value was expected", at - start);
    out.lastValueAt = at;
    // Keys are recognised by length and first letter, before any substring is created.
    switch (keyLength) {
      case 4:
        if (text.startsWith("type", keyStart)) type = integer(text, at, valueEnd);
        break;
      case 5:
        if (text.startsWith("error", keyStart)) out.error = stringAt(text, at, valueEnd);
        break;
      case 6:
        if (text.startsWith("target", keyStart)) out.target = stringAt(text, at, valueEnd);
        break;
      case 9:
        if (text.startsWith("streamIds", keyStart)) out.streamIds = text.slice(at, valueEnd);
        break;
      case 10:
        if (text.startsWith("sequenceId", keyStart)) out.sequenceId = integer(text, at, valueEnd);
        break;
      case 12:
        if (text.startsWith("invocationId", keyStart)) out.invocationId = stringAt(text, at, valueEnd);
        break;
      case 14:
        if (text.startsWith("allowReconnect", keyStart)) out.allowReconnect = text.startsWith("true", at);
        break;
    }
    at = skipSpace(text, valueEnd, end);
    const next = text.charCodeAt(at);
    if (at < end && next === COMMA) at = skipSpace(text, at + 1, end);
    else if (at < end && next === CLOSE_BRACE) break;
    else return fail(out, at >= end ? CUT_OFF : "a comma was expected", at - start);
  }
  const rest = skipSpace(text, at + 1, end);
  if (rest !== end) return fail(out, "text after the message", rest - start);
  if (type === undefined) return fail(out, "no type", end - start);
  if (type < 1 || type > 9) return fail(out, `unknown message type ${type}`, 0);
  out.type = type as MessageType;
}

export const CUT_OFF = "the message is cut off";

function fail(out: Envelope, problem: string, at: number): void {
  out.type = 0;
  out.problem = problem;
  out.problemAt = at;
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const c = text.charCodeAt(at);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) break;
    at++;
  }
  return at;
}

/** Index of the closing quote of the string that opens at `at`; -1 when there is none. */
function endOfString(text: string, at: number, end: number): number {
  for (let close = at + 1; ; close++) {
    close = text.indexOf('"', close);
    if (close < 0 || close >= end) return -1;
    let slashes = 0;
    while (text.charCodeAt(close - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return close;
  }
}

/** Index after the value at `at`; -1 when it doesn't end. */
function endOfValue(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) {
    const close = endOfString(text, at, end);
    return close < 0 ? -1 : close + 1;
  }
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfNested(text, at, end);
  let to = at;
  while (to < end) {
    const c = text.charCodeAt(to);
    if (c === COMMA || c === CLOSE_BRACE || c === CLOSE_BRACKET || c <= 32) break;
    to++;
  }
  return to;
}

function endOfNested(text: string, at: number, end: number): number {
  let depth = 0;
  for (let i = at; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      i = endOfString(text, i, end);
      if (i < 0) return -1;
    } else if (c === OPEN_BRACE || c === OPEN_BRACKET) depth++;
    else if ((c === CLOSE_BRACE || c === CLOSE_BRACKET) && --depth === 0) return i + 1;
  }
  return -1;
}

function integer(text: string, at: number, end: number): number | undefined {
  let value = 0;
  for (let i = at; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** The string at `at`, unescaped; undefined for null and for what isn't a string. */
function stringAt(text: string, at: number, end: number): string | undefined {
  if (text.charCodeAt(at) !== QUOTE) return undefined;
  const raw = text.slice(at + 1, end - 1);
  if (!raw.includes("\\")) return raw;
  try {
    return JSON.parse(text.slice(at, end)) as string;
  } catch {
    return raw; // an invalid escape: shown unchanged
  }
}

/** The strings in `["1","2"]`; undefined: there are none. */
export function readStreamIds(raw: string | undefined): string[] | undefined {
  if (raw === undefined) return undefined;
  const ids = [...raw.matchAll(/"([^"\\]*)"/g)].map((match) => match[1] ?? "");
  return ids.length > 0 ? ids : undefined;
}

const { exec } = RegExp.prototype;
/** The browser's own `exec`, even if the page replaces it later. */
const search = Function.prototype.call.bind(exec) as (
  pattern: RegExp,
  text: string,
) => RegExpExecArray | null;
/** Eight characters at once: the browser's code for it takes a fifth of the time that one for each character takes. */
const ASCII = /(?:[\0-\x7f][\0-\x7f][\0-\x7f][\0-\x7f][\0-\x7f][\0-\x7f][\0-\x7f][\0-\x7f])*/y;

/** A regular expression is many times faster than a loop over the characters of a frame. */
export function isAscii(text: string): boolean {
  ASCII.lastIndex = 0;
  search(ASCII, text);
  let at = ASCII.lastIndex;
  if (text.length - at >= 8) return false;
  while (at < text.length && text.charCodeAt(at) < 0x80) at++;
  return at === text.length;
}

/** Size of `text` from `start` to `end` in UTF-8. */
export function utf8Length(text: string, start: number, end: number): number {
  let bytes = end - start;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) continue;
    bytes += c < 0x800 ? 1 : c >= 0xd800 && c < 0xdc00 && i + 1 < end ? (i++, 2) : 2;
  }
  return bytes;
}

/** Where `text` from `start` has to end to take at most `max` bytes in UTF-8; `end` if all of it fits. */
export function utf8End(text: string, start: number, end: number, max: Bytes): number {
  let bytes = 0;
  for (let i = start; i < end;) {
    const c = text.charCodeAt(i);
    const isPair = c >= 0xd800 && c < 0xdc00 && i + 1 < end;
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : isPair ? 4 : 3;
    if (bytes > max) return i;
    i += isPair ? 2 : 1;
  }
  return end;
}
