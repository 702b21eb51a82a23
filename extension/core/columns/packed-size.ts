/**
 * The size of packed events: the same as `sizeOfEvents`, the length of their JSON text, but from the columns. Heads are measured
 * once, and all payloads together.
 */
import { sizeOfValue } from "../events/event-size.ts";
import type { Bytes } from "../units.ts";
import { isMessageHead } from "./event-heads.ts";
import type { PackedEvents } from "./event-block.ts";

const nameOf = (field: string): Bytes => `,"${field}":`.length;
const [SEQ, TIME, SIZE, CALL] = [nameOf("seq"), nameOf("t"), nameOf("size"), nameOf("invocationId")];
const QUOTES = 2;
/** A line feed between payloads counts as "\n". */
const LINE_FEED = 2;

export function sizeOfPacked({ block, payloads }: PackedEvents): Bytes {
  const { length, seq, t, head, size, call, heads, ids } = block;
  const ofHeads = heads.map((one) => sizeOfValue(one) + SEQ + TIME + (isMessageHead(one) ? SIZE : 0));
  const isMessage = heads.map(isMessageHead);
  const ofIds = ids.map(sizeOfValue);
  let bytes = 0;
  for (let i = 0; i < length; i++) {
    const own = head[i] ?? 0;
    bytes += (ofHeads[own] ?? 0) + sizeOfNumber(seq[i] ?? 0) + sizeOfNumber(t[i] ?? 0);
    if (isMessage[own] !== true) continue;
    bytes += sizeOfNumber(size[i] ?? 0);
    const code = call[i] ?? 0;
    if (code > 0) bytes += CALL + QUOTES + sizeOfNumber(code - 1);
    else if (code < 0) bytes += CALL + (ofIds[-code - 1] ?? 0);
  }
  const { text, binary } = payloads;
  if (binary.length > 0) bytes += sizeOfValue(text) - QUOTES - binary.length * LINE_FEED;
  for (const isBinary of binary) bytes += nameOf(isBinary === 1 ? "binary" : "payload") + QUOTES;
  return bytes;
}

/** Most are whole numbers: making texts of them only to count their digits takes several times as long. */
function sizeOfNumber(value: number): Bytes {
  if (!(value >= 0 && value < 1e15 && Number.isInteger(value))) return `${value}`.length;
  let digits = 1;
  for (let above = 10; value >= above; above *= 10) digits++;
  return digits;
}
