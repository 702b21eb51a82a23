/** What findings ask about calls and messages. */
import type { CallModel, HubConnectionModel, InterruptionModel } from "../../model/types.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../units.ts";
import type { HubHistory } from "./finding.ts";

/** How often each method was called, the most frequent first. */
export function byTarget(calls: readonly CallModel[]): { target: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { target } of calls) counts.set(target, (counts.get(target) ?? 0) + 1);
  return [...counts].map(([target, count]) => ({ target, count })).sort((a, b) => b.count - a.count);
}

/** A call that the app makes again does so right after the reconnect. */
const AGAIN: Milliseconds = 3_000;

/**
 * Calls that were lost with their connection, and not made again. A stream that the app opens again is a subscription, and goes on; a call
 * of the same method right after the reconnect is probably the same one.
 */
export const lostOf = (
  { pending, until }: Pick<InterruptionModel, "pending" | "until">,
  all: readonly CallModel[],
): CallModel[] => pending.filter((call) => call.fate === "lost" && !isMadeAgain(call, until, all));

const isMadeAgain = (
  { target, stream, endedAt, sentAt }: CallModel,
  until: EpochMilliseconds | null,
  all: readonly CallModel[],
): boolean =>
  all.some(
    (other) =>
      other.target === target &&
      other.stream === stream &&
      other.sentAt > (endedAt ?? sentAt) &&
      (stream || (until !== null && other.sentAt <= until + AGAIN)),
  );

export interface LargeMessage {
  readonly hub: HubConnectionModel;
  readonly t: EpochMilliseconds;
  readonly size: Bytes;
  readonly direction: "in" | "out";
  readonly target: string;
}

/** Messages of at least that size, pings and Hubscope's own aside. Goes through all messages without creating objects. */
export function messagesFrom({ hubs, from }: HubHistory, size: Bytes): LargeMessage[] {
  const large: LargeMessage[] = [];
  for (const hub of hubs) {
    const { messages } = hub;
    for (let i = messages.firstFrom(from); i < messages.length; i++) {
      if (messages.sizeAt(i) < size) continue;
      const { direction, target, fault } = messages.headAt(i);
      if (fault === undefined)
        large.push({ hub, t: messages.timeAt(i), size: messages.sizeAt(i), direction, target: target ?? "" });
    }
  }
  return large;
}
