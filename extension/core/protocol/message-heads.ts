/**
 * Recognises messages by their beginning. The messages of a busy connection begin alike, up to the bracket of their arguments:
 *
 *     {"type":1,"target":"tick","arguments":[
 *
 * After one of them was read, the others need no more than a comparison, if it is certain that the bracket closes where the message
 * ends. Of JSON this is as exact as `scanMessage`. Of text that is no JSON, `scanMessage` finds more errors.
 */
import type { Envelope } from "./json-scan.ts";
import { INVOCATION, STREAM_INVOCATION, STREAM_ITEM, type MessageType } from "./terms.ts";

export type MessageHead = Pick<Envelope, "type" | "target" | "invocationId" | "sequenceId">;

export interface MessageHeads {
  /** What the message from `start` to `end` (without its separator) is; undefined: it has to be read. */
  find(frame: string, start: number, end: number): MessageHead | undefined;
  /** Remembers the beginning of a message that was read from there. */
  learn(frame: string, start: number, envelope: Envelope): void;
  forget(): void;
}

interface KnownHead extends MessageHead {
  /** Ends with the opening bracket. */
  readonly text: string;
  /** The closing bracket. */
  readonly close: string;
}

const MOST = 8;
const LONGEST = 300;
/** From one bracket in this many characters on, reading is faster. */
const SPARSE = 32;

const FEW = 4;

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;

/**
 * Whether it is certain that the bracket that was opened before `start` closes at `end`, where the message ends. If it closes
 * earlier, another key comes after it.
 */
function closesOnlyAt(end: number, frame: string, start: number, bracket: string): boolean {
  let tries = FEW + (end - start) / SPARSE;
  // The browser's search for a single character is many times faster than any other.
  for (let at = frame.indexOf(bracket, start); at < end; at = frame.indexOf(bracket, at + 1)) {
    const next = frame.charCodeAt(at + 1);
    if (next <= SPACE || (next === COMMA && frame.charCodeAt(at + 2) <= QUOTE) || --tries < 0) return false;
  }
  return true;
}

const TYPES: readonly MessageType[] = [INVOCATION, STREAM_ITEM, STREAM_INVOCATION];

export function createMessageHeads(): MessageHeads {
  const known: KnownHead[] = [];
  let replaced = 0;

  return {
    find(frame, start, end) {
      if (frame[end - 1] !== "}") return undefined;
      for (let i = 0; i < known.length; i++) {
        const head = known[i];
        if (!head) break;
        const { text, close } = head;
        const behind = start + text.length;
        if (behind <= end - 2 && frame[end - 2] === close && frame.slice(start, behind) === text)
          return closesOnlyAt(end - 2, frame, behind, close) ? head : undefined;
      }
      return undefined;
    },
    learn(frame, start, envelope) {
      const { type, target, invocationId, sequenceId, lastValueAt } = envelope;
      const bracket = frame[lastValueAt];
      const length = lastValueAt + 1 - start;
      // Of an invalid message the type is 0.
      if (!TYPES.includes(type) || length > LONGEST) return;
      if (bracket !== "[" && bracket !== "{") return;
      if (envelope.streamIds !== undefined || envelope.error !== undefined) return;
      // A copy: a part of the frame could keep the whole frame in memory.
      const text = ` ${frame.slice(start, lastValueAt + 1)}`.slice(1);
      const close = bracket === "{" ? "}" : "]";
      const head: KnownHead = { text, close, type, target, invocationId, sequenceId };
      if (known.length < MOST) known[known.length] = head;
      else known[replaced++ % MOST] = head;
    },
    forget() {
      known.length = 0;
    },
  };
}
