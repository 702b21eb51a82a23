/** What traffic was usual on a hub connection before it was lost: what comes after the reconnect is compared with it. */
import { firstIndex } from "../../first-index.ts";
import type { HubConnectionModel } from "../../model/types.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../units.ts";

/** How long traffic must be as usual to count as steady, and the length of the spans that are compared. */
export const SPAN: Milliseconds = 2_000;

/** The most that is usual in one such span. */
export interface Usual {
  readonly calls: number;
  readonly messagesIn: number;
  readonly bytesIn: Bytes;
}

type Amount = { -readonly [K in keyof Usual]: Usual[K] };

const MINUTE: Milliseconds = 60_000;
/** What a client does right after it has connected isn't usual. */
const AT_START: Milliseconds = 3_000;
const FEWEST_SPANS = 2;
/** A tenth of the spans may have had more. */
const SHARE = 0.9;
/** Chance makes one span a little busier than the others. */
const TOLERANCE = 1.5;

/** A call that the client makes. */
export const isCall = (direction: "in" | "out", type: number): boolean =>
  direction === "out" && (type === 1 || type === 4);

/** Neither ping nor Close, Ack or Sequence. */
export const isData = (type: number): boolean => type <= 5;

/**
 * From the minute before the loss, in spans of 2 s.
 * @param from since when the connection was up and its messages are known
 * @returns null: it wasn't up for long enough
 */
export function usualBefore(
  hub: Pick<HubConnectionModel, "messages" | "counts">,
  from: EpochMilliseconds,
  lostAt: EpochMilliseconds,
): Usual | null {
  const begin = Math.max(from + AT_START, lostAt - MINUTE);
  const spans = Array.from({ length: Math.max(0, Math.floor((lostAt - begin) / SPAN)) }, (): Amount => ({
    calls: 0,
    messagesIn: 0,
    bytesIn: 0,
  }));
  if (spans.length < FEWEST_SPANS) return null;
  const add = (t: EpochMilliseconds, direction: "in" | "out", type: number, n: number, size: Bytes): void => {
    const span = spans[Math.floor((lostAt - t) / SPAN)];
    if (!span || t > lostAt) return;
    if (isCall(direction, type)) span.calls += n;
    if (direction !== "in" || !isData(type)) return;
    span.messagesIn += n;
    span.bytesIn += size;
  };
  const { messages, counts } = hub;
  for (let i = messages.firstFrom(begin); i < messages.length && messages.timeAt(i) <= lostAt; i++) {
    const { direction, type, counted, swallowed } = messages.headAt(i);
    if (!counted && !swallowed) add(messages.timeAt(i), direction, type, 1, messages.sizeAt(i));
  }
  const first = firstIndex(counts.length, (i) => (counts[i]?.t ?? 0) < begin);
  for (let i = first; i < counts.length && (counts[i]?.t ?? Infinity) <= lostAt; i++)
    for (const { direction, type, count, bytes } of counts[i]?.counts ?? [])
      add(counts[i]?.t ?? 0, direction, type, count, bytes);
  const most = (of: (amount: Amount) => number): number => {
    const sorted = spans.map(of).sort((a, b) => a - b);
    return Math.floor((sorted[Math.ceil(sorted.length * SHARE) - 1] ?? 0) * TOLERANCE);
  };
  return {
    calls: most(({ calls }) => calls),
    messagesIn: most(({ messagesIn }) => messagesIn),
    bytesIn: most(({ bytesIn }) => bytesIn),
  };
}
