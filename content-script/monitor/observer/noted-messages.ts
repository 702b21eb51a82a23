/**
 * What causes need to know of a connection's messages: times, sizes and types of the newest ones of each direction, and a few figures of
 * all of them. The memory is the same for ten messages and for ten million, and noting one allocates nothing.
 */
import {
  COMPLETION,
  PING,
  STREAM_ITEM,
  type Direction,
  type MessageType,
} from "../../../extension/core/protocol/terms.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../../extension/core/units.ts";

/** In each direction. */
const KEPT = 48;
/** A ping right after another message says nothing about the ping interval: as in the model. */
const MIN_KEEP_ALIVE: Milliseconds = 400;

/** Of all messages of a connection. */
export interface NotedMessages {
  /** The shortest silence before a ping of the server. null: none was seen. */
  readonly pingEvery: Milliseconds | null;
  /** The longest time without a message of the server, and without any. */
  readonly longestSilence: Milliseconds;
  readonly longestQuiet: Milliseconds;
  /** The server has sent something other than pings and the like; an answer to a call. */
  readonly heardData: boolean;
  readonly heardAnswer: boolean;
}

export interface MessageNotes extends NotedMessages {
  note(direction: Direction, t: EpochMilliseconds, type: MessageType, size: Bytes): void;
  /** Tells those that are kept, in order of time, and forgets them. */
  takeNewest(
    each: (direction: Direction, t: EpochMilliseconds, type: MessageType, size: Bytes) => void,
  ): void;
}

interface Ring {
  readonly times: Float64Array;
  readonly sizes: Float64Array;
  readonly types: Uint8Array;
  /** Of all messages; the newest is at `count - 1`. */
  count: number;
  /** How many of them are kept. */
  filled: number;
}

const newRing = (): Ring => ({
  times: new Float64Array(KEPT),
  sizes: new Float64Array(KEPT),
  types: new Uint8Array(KEPT),
  count: 0,
  filled: 0,
});

const LAST_DATA = 5;

export function createMessageNotes(): MessageNotes {
  const heard = newRing();
  const said = newRing();
  let lastIn: EpochMilliseconds = 0;
  let last: EpochMilliseconds = 0;
  const self = {
    pingEvery: null as Milliseconds | null,
    longestSilence: 0,
    longestQuiet: 0,
    heardData: false,
    heardAnswer: false,
    note(direction: Direction, t: EpochMilliseconds, type: MessageType, size: Bytes): void {
      if (last > 0 && t - last > self.longestQuiet) self.longestQuiet = t - last;
      last = t;
      if (direction === "in") {
        if (lastIn > 0) {
          const silence = t - lastIn;
          if (silence > self.longestSilence) self.longestSilence = silence;
          if (type === PING && silence >= MIN_KEEP_ALIVE && !(silence >= (self.pingEvery ?? Infinity)))
            self.pingEvery = silence;
        }
        lastIn = t;
        if (type > 0 && type <= LAST_DATA) self.heardData = true;
        if (type === STREAM_ITEM || type === COMPLETION) self.heardAnswer = true;
      }
      const ring = direction === "in" ? heard : said;
      const at = ring.count % KEPT;
      ring.times[at] = t;
      ring.sizes[at] = size;
      ring.types[at] = type;
      ring.count++;
      if (ring.filled < KEPT) ring.filled++;
    },
    takeNewest(each: Parameters<MessageNotes["takeNewest"]>[0]): void {
      while (heard.filled + said.filled > 0) {
        const isIn = said.filled === 0 || (heard.filled > 0 && oldest(heard) <= oldest(said));
        const ring = isIn ? heard : said;
        const at = (ring.count - ring.filled) % KEPT;
        ring.filled--;
        each(
          isIn ? "in" : "out",
          ring.times[at] ?? 0,
          (ring.types[at] ?? 0) as MessageType,
          ring.sizes[at] ?? 0,
        );
      }
    },
  };
  return self;
}

const oldest = (ring: Ring): EpochMilliseconds => ring.times[(ring.count - ring.filled) % KEPT] ?? 0;
