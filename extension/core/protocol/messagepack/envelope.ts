/**
 * Reads the envelope of a MessagePack hub message (type, target, ids, error) and skips the rest without decoding it: the hook
 * runs this for every binary message of the page, so nothing is allocated except the few texts that are needed. `blazorpack`
 * has the same format.
 *
 * It never throws: invalid messages get type 0, a `problem` and its place.
 */
import { CLOSE, COMPLETION, INVOCATION, type MessageType } from "../terms.ts";
import { clearEnvelope, type Envelope } from "../json-scan.ts";
import { clear, newHead, readHead, readUnsigned, skipValue, type Kind } from "./heads.ts";
import { readUtf8 } from "./utf8.ts";

/** The minimum number of elements, by type. New clients and servers may add some at the end. */
const MIN_ELEMENTS = [0, 5, 4, 4, 5, 3, 1, 2, 2, 2] as const;
const STREAM_INVOCATION = 4;
const VOID_RESULT = 2;
const ERROR_RESULT = 1;
/** Limits the texts of an envelope; a longer one isn't recorded. */
const LONGEST_TEXT = 20_000;
const TRUE = 0xc3;
const NIL = 0xc0;

const head = newHead();

/** Scans the message in `bytes` from `start` to `end` into `out`. `out.problemAt` counts from `start`. */
export function scanBinaryMessage(bytes: Uint8Array, start: number, end: number, out: Envelope): void {
  clearEnvelope(out);
  clear(head);
  const problem = scan(bytes, start, end, out);
  if (problem === undefined) return;
  out.type = 0;
  // Invalid MessagePack is the more precise reason.
  const { problem: broken, problemAt } = head;
  out.problem = broken ?? problem;
  out.problemAt = (broken === undefined ? place : problemAt) - start;
}

/** The current reading position. */
let place = 0;

/** @returns what is wrong; undefined when nothing is */
function scan(bytes: Uint8Array, start: number, end: number, out: Envelope): string | undefined {
  place = start;
  if (!isAt(bytes, start, end, "array")) return "not an array";
  const { count } = head;
  place = head.end;
  if (count === 0) return "no type";
  const type = integerAt(bytes, end);
  if (type === undefined) return "the type is not a number";
  if (type < 1 || type > 9) return `unknown message type ${type}`;
  const min = MIN_ELEMENTS[type] as number;
  if (count < min) return `${min} elements were expected, there are ${count}`;
  place = head.end;
  let resultKind: number | undefined;
  for (let i = 1; i < count; i++) {
    if (type === CLOSE) {
      if (i === 1) out.error = textAt(bytes, end);
      else if (i === 2) out.allowReconnect = bytes[place] === TRUE;
    } else if (type > CLOSE) {
      if (i === 1) out.sequenceId = integerAt(bytes, end);
    } else if (i === 2) {
      // Element 1 holds the headers.
      out.invocationId = textAt(bytes, end);
      if (out.invocationId === undefined && (type !== INVOCATION || bytes[place] !== NIL))
        return "the invocation id is not a string";
    } else if (type === COMPLETION) {
      if (i === 3) {
        resultKind = integerAt(bytes, end);
        if (resultKind !== VOID_RESULT && count < 5) return "a result was announced and is missing";
      } else if (i === 4 && resultKind === ERROR_RESULT) out.error = textAt(bytes, end) ?? "";
    } else if (type === INVOCATION || type === STREAM_INVOCATION) {
      if (i === 3) {
        out.target = textAt(bytes, end);
        if (out.target === undefined) return "the target is not a string";
      } else if (i === 5) out.streamIds = streamIdsAt(bytes, end);
    }
    const to = skipValue(bytes, place, end, head);
    if (to < 0) return head.problem;
    place = to;
  }
  if (place !== end) return "bytes after the message";
  out.type = type as MessageType;
  return undefined;
}

const isAt = (bytes: Uint8Array, at: number, end: number, kind: Kind): boolean =>
  readHead(bytes, at, end, head) && head.kind === kind;

/** The whole number at `place`; undefined when there is none. */
function integerAt(bytes: Uint8Array, end: number): number | undefined {
  if (!isAt(bytes, place, end, "integer")) return undefined;
  const width = head.end - head.content;
  if (head.content === place) {
    const fixed = bytes[place] as number;
    return fixed < 0x80 ? fixed : fixed - 0x100;
  }
  const high = width === 8 ? readUnsigned(bytes, head.content, 4) : 0;
  const low = readUnsigned(bytes, head.end - Math.min(width, 4), Math.min(width, 4));
  return high * 2 ** 32 + low;
}

function textAt(bytes: Uint8Array, end: number): string | undefined {
  if (!isAt(bytes, place, end, "string")) return undefined;
  return readUtf8(bytes, head.content, Math.min(head.end, head.content + LONGEST_TEXT));
}

/** As the text of a JSON array, like in the envelope of a JSON message. */
function streamIdsAt(bytes: Uint8Array, end: number): string | undefined {
  if (!isAt(bytes, place, end, "array")) return undefined;
  let ids = "";
  const { count } = head;
  let at = head.end;
  for (let i = 0; i < count; i++) {
    if (!isAt(bytes, at, end, "string")) return undefined;
    ids += `"${readUtf8(bytes, head.content, Math.min(head.end, head.content + 100))}",`;
    at = head.end;
  }
  return count > 0 ? `[${ids.slice(0, -1)}]` : undefined;
}
