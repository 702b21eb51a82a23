/** Events for tests, and helpers that count and read them. */
import type { PayloadBlock } from "../../../extension/core/columns/payload-block.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { PageOrigin } from "../../../extension/store/append.ts";
import type { Store } from "../../../extension/store/store.ts";

/** The earliest time of an event. */
export const START = 1_764_200_000_000;

/** An event with this seq; a message, unless `fields` say otherwise. */
export const event = (seq: number, fields: object = {}): RecordedEvent => ({
  kind: "message",
  seq,
  t: START + seq,
  socket: 1,
  direction: "in",
  type: 1,
  size: 10,
  ...fields,
});

export const range = (from: number, to: number, fields: object = {}): RecordedEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => event(from + i, fields));

export const seqs = (events: readonly RecordedEvent[]): number[] => events.map(({ seq }) => seq);

export const numbers = (to: number): number[] => Array.from({ length: to }, (_, i) => i + 1);

/** How many events the `dropped` events among them replace. */
export const lost = (events: readonly RecordedEvent[]): number =>
  events.reduce((sum, one) => sum + (one.kind === "dropped" ? one.count : 0), 0);

/** The origin of a page's events, as an append needs it. */
export const origin = (page: string, recording = page): PageOrigin => ({
  page,
  recording,
  tabId: 1,
  frameId: 0,
  browserSession: 1,
  url: "https://board.example/",
  connections: 1,
});

/** The stored events of a page. */
export async function read(store: Store, page: string, after = 0): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const events of store.readEvents(page, after)) all.push(...events);
  return all;
}

/** The payloads of the segment with that event. */
export async function payloadsAt(store: Store, seq: number, page = "p"): Promise<PayloadBlock | null> {
  const [found] = await store.payloadsOf(page, [seq]);
  return found?.block ?? null;
}
