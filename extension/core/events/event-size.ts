/**
 * The size of an event: the length of its JSON text in UTF-8, including binary payloads. That is its size in a recording file
 * and in messages within the extension, and about its size in the database. All limits in bytes (buffers, batches, retention)
 * use it.
 */
import type { RecordedEvent } from "./events.ts";
import { isAscii } from "../protocol/json-scan.ts";
import type { Bytes } from "../units.ts";

const { keys } = Object;
const { isArray } = Array;

export const sizeOfEvent = (event: RecordedEvent): Bytes => sizeOfValue(event);

export function sizeOfEvents(events: readonly RecordedEvent[]): Bytes {
  let bytes = 0;
  for (const event of events) bytes += sizeOfEvent(event);
  return bytes;
}

/** The length of its JSON text in UTF-8. */
export function sizeOfValue(value: unknown): Bytes {
  if (typeof value === "string") return sizeOfText(value);
  if (typeof value === "number") return `${value}`.length;
  if (typeof value === "boolean") return value ? 4 : 5;
  if (typeof value !== "object" || value === null) return 4;
  let bytes = 1;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) bytes += 1 + sizeOfValue(value[i]);
    return Math.max(2, bytes);
  }
  for (const name of keys(value)) {
    const field = (value as Record<string, unknown>)[name];
    // The name's size includes its quotes; colon and comma are added. JSON omits fields that are undefined.
    if (field !== undefined) bytes += sizeOfText(name) + 2 + sizeOfValue(field);
  }
  return Math.max(2, bytes);
}

/** For long texts the browser is faster than our loop. */
const LONG = 200;

/** The size as a JSON string, with quotes and escapes. */
function sizeOfText(text: string): Bytes {
  if (text.length > LONG && isAscii(text)) return JSON.stringify(text).length;
  let bytes = text.length + 2;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22 || c === 0x5c) bytes++;
    else if (c < 0x20) bytes += c === 8 || c === 9 || c === 10 || c === 12 || c === 13 ? 1 : 5;
    else if (c < 0x80) continue;
    else if (c < 0x800) bytes++;
    else if (c < 0xd800 || c > 0xdfff) bytes += 2;
    else if (c < 0xdc00 && text.charCodeAt(i + 1) >>> 10 === 0x37) {
      // A surrogate pair is one character of four bytes.
      bytes += 2;
      i++;
    } else bytes += 5; // JSON escapes a lone surrogate
  }
  return bytes;
}
