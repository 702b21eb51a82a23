/** How the events of a page are cut into segments, and where these are. */
import { sizeOfEvents } from "../core/events/event-size.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { Segment } from "./schema.ts";

/** Events in one segment of an imported page. */
const SEGMENT_EVENTS = 5_000;

/** @param events of one page, in order of seq */
export function* segmentsFrom(page: PageId, events: readonly RecordedEvent[]): Generator<Segment> {
  for (let i = 0; i < events.length; i += SEGMENT_EVENTS) {
    const part = events.slice(i, i + SEGMENT_EVENTS);
    const [first, last] = [part[0], part.at(-1)];
    if (first && last)
      yield { page, firstSeq: first.seq, lastSeq: last.seq, bytes: sizeOfEvents(part), events: part };
  }
}

/** All segments of a page. */
export const segmentsOf = (page: PageId): IDBKeyRange =>
  IDBKeyRange.bound([page, 0], [page, Number.MAX_SAFE_INTEGER]);
