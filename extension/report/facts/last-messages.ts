/** The last messages before a loss: their heads, never what they carried. */
import { MESSAGE_TYPES, type Direction } from "../../core/protocol/terms.ts";
import type { HubConnectionModel } from "../../core/model/types.ts";
import { shortened } from "../../core/text/shortened.ts";
import { visibleText } from "../../core/text/visible-text.ts";
import type { Bytes, EpochMilliseconds } from "../../core/units.ts";

interface LastMessage {
  readonly t: EpochMilliseconds;
  readonly direction: Direction;
  readonly type: string;
  /** Empty: it has none, or none is known. */
  readonly target: string;
  readonly size: Bytes;
  readonly swallowed: boolean;
}

const MOST_LAST_MESSAGES = 10;
const LONGEST_TARGET = 80;

/** @returns in order of time */
export function lastMessages({ messages }: HubConnectionModel, until: EpochMilliseconds): LastMessage[] {
  const last: LastMessage[] = [];
  // A message of the same millisecond may be the one that ended it.
  for (let i = messages.firstFrom(until + 0.001) - 1; i >= 0 && last.length < MOST_LAST_MESSAGES; i--) {
    const { direction, type, target, swallowed = false } = messages.headAt(i);
    last.push({
      t: messages.timeAt(i),
      direction,
      type: type === 0 ? "Not decoded" : MESSAGE_TYPES[type],
      target: shortened(visibleText(target ?? messages.callAt(i)?.target ?? ""), LONGEST_TARGET),
      size: messages.sizeAt(i),
      swallowed,
    });
  }
  return last.reverse();
}
