/** Message statistics of one hub connection. */
import { MESSAGE_TYPES, type Direction, type MessageType } from "../core/protocol/terms.ts";
import type { HubConnectionModel } from "../core/model/types.ts";
import type { Bytes, Milliseconds } from "../core/units.ts";

export interface MessageStatistic {
  readonly direction: Direction;
  readonly type: string;
  /** Empty where no target is known: pings, some completions, and messages that were only counted, not recorded one by one. */
  readonly target: string;
  /** A fault of Hubscope dropped them, so they never reached their receiver. */
  readonly swallowed: boolean;
  readonly count: number;
  readonly bytes: Bytes;
}

/** Counts messages by direction, type, target and whether they were swallowed; the most frequent first. */
export function messageStatistics(hub: HubConnectionModel): MessageStatistic[] {
  const found = new Map<string, { -readonly [K in keyof MessageStatistic]: MessageStatistic[K] }>();
  const add = (
    direction: Direction,
    type: MessageType,
    target: string,
    count: number,
    bytes: Bytes,
    swallowed = false,
  ): void => {
    const key = `${direction} ${type} ${swallowed} ${target}`;
    const known = found.get(key);
    if (known) {
      known.count += count;
      known.bytes += bytes;
    } else found.set(key, { direction, type: typeName(type), target, swallowed, count, bytes });
  };
  const { messages } = hub;
  for (let i = 0; i < messages.length; i++) {
    const head = messages.headAt(i);
    if (head.counted) continue;
    const target = head.target ?? messages.callAt(i)?.target ?? "";
    add(head.direction, head.type, target, 1, messages.sizeAt(i), head.swallowed);
  }
  for (const { counts } of hub.counts)
    for (const { direction, type, count, bytes } of counts) add(direction, type, "", count, bytes);
  return [...found.values()].sort((a, b) => b.count - a.count);
}

const typeName = (type: MessageType): string => (type === 0 ? "Not decoded" : MESSAGE_TYPES[type]);

/** The median latency of completed calls; null when there are none. */
export function medianLatency(hub: HubConnectionModel): Milliseconds | null {
  const latencies = hub.calls
    .filter((call) => call.fate === "completed" && !call.stream && call.endedAt !== null)
    .map((call) => (call.endedAt ?? 0) - call.sentAt)
    .sort((a, b) => a - b);
  return latencies[Math.floor(latencies.length / 2)] ?? null;
}
