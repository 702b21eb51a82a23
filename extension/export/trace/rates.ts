/** Messages and bytes of each second. Pings and messages that were only counted are in it, swallowed ones aren't. */
import type { HubConnectionModel } from "../../core/model/types.ts";
import type { Direction } from "../../core/protocol/terms.ts";
import type { EpochMilliseconds } from "../../core/units.ts";

export interface Rate {
  readonly t: EpochMilliseconds;
  messagesIn: number;
  messagesOut: number;
  bytesIn: number;
  bytesOut: number;
}

const SECOND = 1_000;
const none = (t: EpochMilliseconds): Rate => ({ t, messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 });

/** In order of time, with a zero after each busy time. */
export function rates({ messages, counts }: Pick<HubConnectionModel, "messages" | "counts">): Rate[] {
  const seconds = new Map<number, Rate>();
  const add = (t: EpochMilliseconds, direction: Direction, count: number, bytes: number): void => {
    const second = Math.floor(t / SECOND);
    const rate = seconds.get(second) ?? none(second * SECOND);
    seconds.set(second, rate);
    if (direction === "in") {
      rate.messagesIn += count;
      rate.bytesIn += bytes;
    } else {
      rate.messagesOut += count;
      rate.bytesOut += bytes;
    }
  };
  for (let i = 0; i < messages.length; i++) {
    const head = messages.headAt(i);
    if (!head.counted && !head.swallowed) add(messages.timeAt(i), head.direction, 1, messages.sizeAt(i));
  }
  for (const event of counts)
    for (const { direction, count, bytes } of event.counts) add(event.t, direction, count, bytes);
  const found = [...seconds.values()].sort((a, b) => a.t - b.t);
  return found.flatMap((rate, i) => {
    const next = rate.t + SECOND;
    return found[i + 1]?.t === next ? [rate] : [rate, none(next)];
  });
}
