/** What findings ask about calls and messages. */
import type { CallModel, HubConnectionModel } from "../../model/types.ts";
import type { Bytes, EpochMilliseconds } from "../../units.ts";
import type { HubHistory } from "./finding.ts";

/** How often each method was called, the most frequent first. */
export function byTarget(calls: readonly CallModel[]): { target: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { target } of calls) counts.set(target, (counts.get(target) ?? 0) + 1);
  return [...counts].map(([target, count]) => ({ target, count })).sort((a, b) => b.count - a.count);
}

/**
 * Calls that were lost with their connection. A stream that the app opens again afterwards isn't lost: it is a subscription, and goes on.
 */
export const lostOf = (calls: readonly CallModel[], all: readonly CallModel[]): CallModel[] =>
  calls.filter(
    (call) =>
      call.fate === "lost" &&
      !(
        call.stream &&
        all.some(
          ({ stream, target, sentAt }) =>
            stream && target === call.target && sentAt > (call.endedAt ?? call.sentAt),
        )
      ),
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
