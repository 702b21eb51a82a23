/** Segments: batches of events of one page, and how they are written and read. */
import { packEvents, type EventBlock, type PackedEvents } from "../core/columns/event-block.ts";
import { joined, NO_PAYLOADS, type PayloadBlock } from "../core/columns/payload-block.ts";
import { sizeOfPacked } from "../core/columns/packed-size.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { IDBPTransaction } from "idb";
import type { Bytes } from "../core/units.ts";
import type { Database } from "./connection.ts";
import type { OldSegment, Schema, Segment, SegmentPayloads } from "./schema.ts";

/** Events in one segment of an imported page. */
const SEGMENT_EVENTS = 5_000;

/** How many segments are read at once. An imported one has about 260 KB without its payloads: eight take the panel some 8 ms. */
const READ_AT_ONCE = 8;
/** A segment's payloads have a megabyte and more. */
const PAYLOADS_AT_ONCE = 4;

export interface WrittenSegment {
  readonly segment: Segment;
  /** null: its messages have none. */
  readonly payloads: SegmentPayloads | null;
}

/** The stores of a transaction that writes segments. */
interface SegmentStores {
  objectStore(name: "segments"): { put(value: Segment): Promise<unknown> };
  objectStore(name: "payloads"): {
    put(value: SegmentPayloads): Promise<unknown>;
    delete(key: [PageId, number]): Promise<void>;
  };
}

/**
 * One segment of these events. They must be in order of seq, and there must be one.
 * @param bytes their size; null: not known yet
 * @param firstSeq the segment's key, if it isn't the seq of the first event
 */
export function segmentOf(
  page: PageId,
  events: readonly RecordedEvent[],
  bytes: Bytes | null = null,
  firstSeq: number = events[0]?.seq ?? 0,
): WrittenSegment {
  const packed = packEvents(events);
  const { block, payloads } = packed;
  const place = { page, firstSeq, lastSeq: events.at(-1)?.seq ?? firstSeq };
  return {
    segment: { ...place, bytes: bytes ?? sizeOfPacked(packed), block },
    payloads: payloads.seq.length > 0 ? { ...place, block: payloads } : null,
  };
}

export function* segmentsFrom(page: PageId, events: readonly RecordedEvent[]): Generator<WrittenSegment> {
  for (let i = 0; i < events.length; i += SEGMENT_EVENTS)
    yield segmentOf(page, events.slice(i, i + SEGMENT_EVENTS));
}

/** The requests must be awaited together with the transaction: if it fails, all of them reject. */
export const putSegment = (tx: SegmentStores, { segment, payloads }: WrittenSegment): Promise<unknown>[] => [
  tx.objectStore("segments").put(segment),
  payloads
    ? tx.objectStore("payloads").put(payloads)
    : tx.objectStore("payloads").delete([segment.page, segment.firstSeq]),
];

export const segmentsOf = (page: PageId, fromSeq = 0): IDBKeyRange =>
  IDBKeyRange.bound([page, fromSeq], [page, Number.MAX_SAFE_INTEGER]);

/** Events and payloads of a segment, whichever version stored it. */
export function packedOf(stored: Segment | OldSegment, payloads: SegmentPayloads | undefined): PackedEvents {
  return "block" in stored
    ? { block: stored.block, payloads: payloads ? joined(payloads.block) : NO_PAYLOADS }
    : packEvents(stored.events);
}

/**
 * Where the segment begins that may hold this event. Only keys are asked for: a cursor with values reads dozens of records in
 * advance in Firefox, though only one is wanted.
 */
async function beginningOf(store: KeyCursors, page: PageId, seq: number): Promise<number> {
  const cursor = await store.openKeyCursor(IDBKeyRange.bound([page, 0], [page, seq]), "prev");
  return cursor?.key[1] ?? seq;
}

interface KeyCursors {
  openKeyCursor(range: IDBKeyRange, direction: "prev"): Promise<{ readonly key: [PageId, number] } | null>;
}

/** The next segments that hold events after `after`. The first one may hold earlier ones, too. */
export async function nextBlocks(
  db: Database,
  page: PageId,
  after: number,
): Promise<{ readonly lastSeq: number; readonly block: EventBlock }[]> {
  const { store } = db.transaction("segments");
  const from = await beginningOf(store, page, after + 1);
  const read = await store.getAll(segmentsOf(page, from), READ_AT_ONCE);
  return read
    .filter(({ lastSeq }) => lastSeq > after)
    .map((segment) => ({ lastSeq: segment.lastSeq, block: packedOf(segment, undefined).block }));
}

/** The segment that holds the first event after `after`, with its payloads; undefined: there is none. */
export async function nextSegment(
  db: Database,
  page: PageId,
  after: number,
): Promise<({ readonly lastSeq: number } & PackedEvents) | undefined> {
  const tx = db.transaction(["segments", "payloads"]);
  const segments = tx.objectStore("segments");
  const begun = await segments.get([page, await beginningOf(segments, page, after + 1)]);
  const segment = begun && begun.lastSeq > after ? begun : await segments.get(segmentsOf(page, after + 1));
  if (!segment) return undefined;
  const payloads =
    "block" in segment ? await tx.objectStore("payloads").get([page, segment.firstSeq]) : undefined;
  return { lastSeq: segment.lastSeq, ...packedOf(segment, payloads) };
}

/** The next payloads of messages after `after`. The first block may hold earlier ones, too. */
export async function nextPayloads(
  db: Database,
  page: PageId,
  after: number,
): Promise<{ readonly lastSeq: number; readonly block: PayloadBlock }[]> {
  const { store } = db.transaction("payloads");
  const from = await beginningOf(store, page, after + 1);
  const read = await store.getAll(segmentsOf(page, from), PAYLOADS_AT_ONCE);
  return read
    .filter(({ lastSeq }) => lastSeq > after)
    .map(({ lastSeq, block }) => ({ lastSeq, block: joined(block) }));
}

/** What was found for the messages with seqs from `firstSeq` to `lastSeq`; null: they have no payloads, or not any more. */
export interface FoundPayloads {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly block: PayloadBlock | null;
}

/** When no further payloads are read at once: as much as can be copied in a tenth of a second. */
const ENOUGH: Bytes = 4_000_000;
/** How many segments are read before the size is looked at. */
const SEGMENTS_AT_ONCE = 8;

/** The payloads of the segments with these events: of the first one, and of the next ones until it is `enough`. */
export async function payloadsOf(
  db: Database,
  page: PageId,
  seqs: readonly number[],
  enough: Bytes = ENOUGH,
): Promise<FoundPayloads[]> {
  const tx = db.transaction(["segments", "payloads"]);
  const segments = tx.objectStore("segments");
  const beginnings = await Promise.all(seqs.map((seq) => beginningOf(segments, page, seq)));
  const asked = new Map<number, number[]>();
  for (const [i, seq] of seqs.entries()) {
    const firstSeq = beginnings[i] ?? seq;
    asked.set(firstSeq, [...(asked.get(firstSeq) ?? []), seq]);
  }
  const found: FoundPayloads[] = [];
  let bytes = 0;
  const left = [...asked];
  for (let i = 0; i < left.length && bytes < enough; i += SEGMENTS_AT_ONCE) {
    const read = left.slice(i, i + SEGMENTS_AT_ONCE).map(async ([firstSeq, wanted]) => {
      const segment = await payloadsAt(tx, page, firstSeq);
      if (segment && wanted.some((seq) => seq <= segment.lastSeq)) {
        found.push(segment);
        bytes += segment.block.text.length;
      }
      for (const seq of wanted)
        if (!segment || seq > segment.lastSeq) found.push({ firstSeq: seq, lastSeq: seq, block: null });
    });
    await Promise.all(read);
  }
  return found;
}

/** The payloads of the segment that begins with that event. */
async function payloadsAt(
  tx: IDBPTransaction<Schema, ("segments" | "payloads")[]>,
  page: PageId,
  firstSeq: number,
): Promise<(FoundPayloads & { readonly block: PayloadBlock }) | null> {
  const payloads = await tx.objectStore("payloads").get([page, firstSeq]);
  if (payloads) return { ...payloads, block: joined(payloads.block) };
  const segment = await tx.objectStore("segments").get([page, firstSeq]);
  if (!segment || !("events" in segment)) return null;
  return { firstSeq, lastSeq: segment.lastSeq, block: packEvents(segment.events).payloads };
}
