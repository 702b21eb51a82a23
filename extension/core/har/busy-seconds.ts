/** A connection with too many messages in a second: the rest of them is counted, as the hook does it. */
import type { MessageCount, MessageCounts, Unstamped } from "../events/events.ts";
import type { SocketId } from "../ids.ts";
import { CLOSE, type Direction, type MessageType } from "../protocol/terms.ts";
import type { Bytes, EpochMilliseconds } from "../units.ts";
import type { Wanted } from "./wanted.ts";

/** About as many as the hook records with their payloads. */
const MOST_WITH_PAYLOADS = 600;

export interface BusySeconds {
  /** @returns whether this message is counted, not recorded */
  takes(t: EpochMilliseconds, direction: Direction, type: MessageType, size: Bytes, wanted: Wanted): boolean;
  /** What was counted until `t` and isn't recorded yet. */
  before(t: EpochMilliseconds): Unstamped<MessageCounts> | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function createBusySeconds(socket: SocketId): BusySeconds {
  let second = 0;
  let heard = 0;
  let counts: Mutable<MessageCount>[] = [];
  let from: EpochMilliseconds = 0;
  let until: EpochMilliseconds = 0;
  return {
    takes(t, direction, type, size, { payloads, flightRecorderRate }) {
      const own = Math.floor(t / 1_000);
      if (own !== second) {
        second = own;
        heard = 0;
      }
      const most = payloads ? MOST_WITH_PAYLOADS : flightRecorderRate;
      if (type === CLOSE || ++heard <= most) return false;
      if (counts.length === 0) from = t;
      until = t;
      const same = counts.find((one) => one.direction === direction && one.type === type);
      if (same) {
        same.count++;
        same.bytes += size;
      } else counts.push({ direction, type, count: 1, bytes: size });
      return true;
    },
    before(t) {
      if (counts.length === 0 || Math.floor(t / 1_000) === second) return undefined;
      const told = { kind: "counts", socket, t: from, until, counts } as const;
      counts = [];
      return told;
    },
  };
}
