/**
 * How many messages are recorded one by one where payloads are recorded, too: while a panel is open, and on sites that the user
 * chose. There is room for so many, which comes back as time passes (a token bucket). When little is left payloads give way first, then messages:
 * these are only counted.
 */
import type { Bytes, EpochMilliseconds } from "../../../extension/core/units.ts";

const ROOM = 3_600;
/** Hearing a message takes 1 of it, recording it takes 1, and its payload 1, more if it is large. */
const PAYLOAD_BYTES = 4_096;
/** What comes back in a millisecond: enough for 660 messages a second with payloads, or for 1,000 without. */
const BACK = 2;
/** Below this there are no payloads. */
const FOR_PAYLOADS = 300;
/** After a flood of messages room is back within two seconds. */
const LEAST = -3_000;

export interface Room {
  /** Whether there is room for the payload of the message that was asked for last. */
  forPayload: boolean;
  /**
   * Takes the room that this message needs.
   * @param counting messages before it were counted: to list a few between others that are counted would cost most of all
   * @returns whether it is recorded one by one
   */
  take(t: EpochMilliseconds, size: Bytes, always: boolean, counting: boolean): boolean;
}

export function createRoom(): Room {
  let left = ROOM;
  let at = 0;
  const room: Room = {
    forPayload: true,
    take(t, size, always, counting) {
      left = Math.max(LEAST, Math.min(ROOM, left + (t - at) * BACK) - 1);
      at = t;
      const forPayload = always || left > FOR_PAYLOADS;
      room.forPayload = forPayload;
      if (!forPayload && (counting || left < 0)) return false;
      left -= forPayload ? 2 + size / PAYLOAD_BYTES : 1;
      return true;
    },
  };
  return room;
}
