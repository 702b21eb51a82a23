/**
 * Recognises messages by their beginning. The messages of a busy connection begin alike, up to the bracket of their arguments:
 *
 *     {"type":1,"target":"tick","arguments":[
 *
 * After one of them was read, the others need no more than a comparison, if it is certain that the bracket closes where the message
 * ends. Of JSON this is as exact as `scanMessage`. Of text that is no JSON, `scanMessage` finds more errors.
 */
import { search, type Envelope } from "./json-scan.ts";
import { INVOCATION, STREAM_INVOCATION, STREAM_ITEM, type MessageType } from "./terms.ts";

export type MessageHead = Pick<Envelope, "type" | "target" | "invocationId" | "sequenceId">;

export interface MessageHeads {
  /** Another frame begins. */
  begin(): void;
  /** What the message from `start` to `end` (without its separator) is; undefined: it has to be read. */
  find(frame: string, start: number, end: number): MessageHead | undefined;
  /** Remembers the beginning of a message that was read from there. */
  learn(frame: string, start: number, envelope: Envelope): void;
  forget(): void;
}

interface KnownHead extends MessageHead {
  /** Ends with the opening bracket. */
  readonly text: string;
  /** Its code; that of the closing bracket is two more. */
  readonly bracket: number;
}

const MOST = 8;
const LONGEST = 300;
/** In longer messages, reading is faster: it skips long texts. */
const LONGEST_MESSAGE = 1_000;

const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** If the bracket closes before the message ends, another key comes after it. */
const KEY_AFTER_BRACKET = /[\]}](?:[ \n\r\t]|,[ \n\r\t"])/g;

const TYPES: readonly MessageType[] = [INVOCATION, STREAM_ITEM, STREAM_INVOCATION];

export function createMessageHeads(): MessageHeads {
  const known: KnownHead[] = [];
  let replaced = 0;
  /** Where the pattern matches next, searched once for all messages of a frame. */
  let keyAfter = -1;

  const hasKeyAfterBracket = (frame: string, start: number, end: number): boolean => {
    if (keyAfter < start) {
      KEY_AFTER_BRACKET.lastIndex = start;
      keyAfter = search(KEY_AFTER_BRACKET, frame)?.index ?? Infinity;
    }
    return keyAfter < end;
  };
  return {
    begin() {
      keyAfter = -1;
    },
    find(frame, start, end) {
      if (end - start > LONGEST_MESSAGE || frame.charCodeAt(end - 1) !== CLOSE_BRACE) return undefined;
      for (let i = 0; i < known.length; i++) {
        const head = known[i];
        if (!head) break;
        const { text, bracket } = head;
        const behind = start + text.length;
        // The first two comparisons are cheap, and mostly enough to tell two heads apart.
        if (
          behind > end - 2 ||
          frame.charCodeAt(behind - 1) !== bracket ||
          frame.charCodeAt(end - 2) !== bracket + 2 ||
          frame.slice(start, behind) !== text
        )
          continue;
        return hasKeyAfterBracket(frame, behind, end) ? undefined : head;
      }
      return undefined;
    },
    learn(frame, start, envelope) {
      const { type, target, invocationId, sequenceId, lastValueAt } = envelope;
      const bracket = frame.charCodeAt(lastValueAt);
      const length = lastValueAt + 1 - start;
      // Of an invalid message the type is 0.
      if (!TYPES.includes(type) || length > LONGEST) return;
      if (bracket !== OPEN_BRACKET && bracket !== OPEN_BRACE) return;
      if (envelope.streamIds !== undefined || envelope.error !== undefined) return;
      // A copy: a part of the frame could keep the whole frame in memory.
      const text = ` ${frame.slice(start, lastValueAt + 1)}`.slice(1);
      const head: KnownHead = { text, bracket, type, target, invocationId, sequenceId };
      if (known.length < MOST) known[known.length] = head;
      else known[replaced++ % MOST] = head;
    },
    forget() {
      known.length = 0;
    },
  };
}
