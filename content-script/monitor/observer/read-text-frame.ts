/**
 * The types of the JSON messages in a frame, without reading their arguments: a server writes the type first, the JavaScript client last.
 * Only Close, Ack and Sequence messages are read.
 */
import { RECORD_SEPARATOR, utf8Length } from "../../../extension/core/protocol/json-scan.ts";
import { CLOSE, INVOCATION, type MessageType } from "../../../extension/core/protocol/terms.ts";
import type { Bytes } from "../../../extension/core/units.ts";

/** What a Close, an Ack or a Sequence message says. */
export interface ControlMessage {
  readonly error?: string;
  readonly allowReconnect?: boolean;
  readonly sequenceId?: number;
}

export type OnMessage = (type: MessageType, size: Bytes, control?: ControlMessage) => void;

const BRACE = 123;
const ZERO = 48;
const FIRST = '{"type":';
const LAST = '"type":';
/** In a message of another order, the type is looked for among this many characters. */
const NEAR = 200;
const LONGEST_CONTROL = 20_000;
/** Sizes matter from 16 KB on, and a character of a text has at most three bytes. */
const COUNTED = 5_000;

export function readTextFrame(text: string, each: OnMessage): void {
  for (let start = 0; start < text.length;) {
    const separator = text.indexOf(RECORD_SEPARATOR, start);
    const end = separator < 0 ? text.length : separator;
    const size = (end - start < COUNTED ? end - start : utf8Length(text, start, end)) + 1;
    const type = separator < 0 ? 0 : typeOf(text, start, end);
    if (type < CLOSE) each(type, size);
    else {
      const control = readControl(text.slice(start, end), type);
      each(control ? type : INVOCATION, size, control);
    }
    start = end + 1;
  }
}

function typeOf(text: string, start: number, end: number): MessageType {
  if (text.charCodeAt(start) !== BRACE) return 0;
  if (text.startsWith(FIRST, start)) return digitAt(text, start + FIRST.length);
  if (text.startsWith(LAST, end - LAST.length - 2)) return digitAt(text, end - 2);
  const beginning = text.slice(start, Math.min(end, start + NEAR));
  const found = /"type"\s*:\s*(?=[1-9])/.exec(beginning);
  // What it is isn't worth reading all of it: a message of the app.
  return found ? digitAt(beginning, found.index + found[0].length) : INVOCATION;
}

function digitAt(text: string, at: number): MessageType {
  const digit = text.charCodeAt(at) - ZERO;
  return digit >= 1 && digit <= 9 ? (digit as MessageType) : 0;
}

/** undefined: another kind of message, which only looked like one. */
function readControl(text: string, type: MessageType): ControlMessage | undefined {
  if (text.length > LONGEST_CONTROL) return undefined;
  try {
    const message = JSON.parse(text) as Record<string, unknown> | null;
    if (message?.["type"] !== type) return undefined;
    const { error, allowReconnect, sequenceId } = message;
    return {
      ...(typeof error === "string" ? { error } : {}),
      ...(type === CLOSE ? { allowReconnect: allowReconnect === true } : {}),
      ...(typeof sequenceId === "number" ? { sequenceId } : {}),
    };
  } catch {
    return undefined; // not JSON
  }
}
