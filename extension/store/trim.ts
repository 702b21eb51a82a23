/** Trims a running recording that is too large: its oldest events are removed, but never those that the model needs. */
import { unpackEvents } from "../core/columns/unpack-events.ts";
import { sizeOfEvents } from "../core/events/event-size.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import { isNeeded } from "../core/events/needed-events.ts";
import { withoutPayload } from "../core/events/payload.ts";
import type { StoredPage } from "./stored-page.ts";
import type { Bytes } from "../core/units.ts";
import type { Connection, Database } from "./connection.ts";
import { packedOf, putSegment, segmentOf, segmentsOf } from "./segments.ts";

type LetGo = NonNullable<StoredPage["letGo"]>;

interface Lighter {
  readonly events: readonly RecordedEvent[];
  readonly letGo: LetGo;
}

/**
 * Removes payloads of all pages first, oldest page first; then whole messages.
 * @returns how much was removed
 */
export async function trimPages(
  connection: Connection,
  pages: readonly StoredPage[],
  excess: Bytes,
): Promise<Bytes> {
  const byAge = [...pages].sort((a, b) => a.startedAt - b.startedAt);
  let saved = 0;
  for (const lighten of [withoutPayloads, withoutMessages]) {
    for (const { page } of byAge) {
      let after = 0;
      while (saved < excess) {
        const from = after;
        const done = await connection.use((db) => trimNext(db, page, from, lighten));
        if (!done) break;
        saved += done.saved;
        after = done.firstSeq;
      }
    }
  }
  return saved;
}

/** One segment and its page's row, in one transaction: the page may be appended to at the same time. */
async function trimNext(
  db: Database,
  page: PageId,
  after: number,
  lighten: (events: readonly RecordedEvent[]) => Lighter,
): Promise<{ readonly firstSeq: number; readonly saved: Bytes } | null> {
  const tx = db.transaction(["pages", "segments", "payloads"], "readwrite");
  const segment = await tx.objectStore("segments").get(segmentsOf(page, after + 1));
  const row = await tx.objectStore("pages").get(page);
  if (!segment || !row) return null;
  const { firstSeq } = segment;
  const payloads = await tx.objectStore("payloads").get([page, firstSeq]);
  const stored = unpackEvents(packedOf(segment, payloads));
  const { events, letGo } = lighten(stored);
  const bytes = sizeOfEvents(events);
  const saved = sizeOfEvents(stored) - bytes;
  if (saved > 0) {
    const lighter = {
      ...row,
      bytes: Math.max(0, row.bytes - saved),
      letGo: {
        payloads: (row.letGo?.payloads ?? 0) + letGo.payloads,
        events: (row.letGo?.events ?? 0) + letGo.events,
      },
    };
    await Promise.all([
      ...putSegment(tx, segmentOf(page, events, bytes, firstSeq)),
      tx.objectStore("pages").put(lighter),
    ]);
  }
  await tx.done;
  return { firstSeq, saved: Math.max(0, saved) };
}

function withoutPayloads(events: readonly RecordedEvent[]): Lighter {
  const lighter = events.map((event) => withoutPayload(event));
  const payloads = lighter.filter((event, i) => event !== events[i]).length;
  return { events: lighter, letGo: { payloads, events: 0 } };
}

/** The `dropped` event has the seq of the last event that it replaces, and includes the count of an earlier one. */
function withoutMessages(events: readonly RecordedEvent[]): Lighter {
  const goes = events.filter((event) => !isNeeded(event));
  const notes = events.filter((event) => event.kind === "dropped" && event.where === "store");
  const last = goes.at(-1);
  if (!last) return { events, letGo: { payloads: 0, events: 0 } };
  const count = notes.reduce((sum, note) => sum + (note.kind === "dropped" ? note.count : 0), goes.length);
  const note: RecordedEvent = { kind: "dropped", where: "store", count, seq: last.seq, t: last.t };
  const lighter = events.flatMap((event) =>
    event === last ? [note] : isNeeded(event) && !notes.includes(event) ? [event] : [],
  );
  return { events: lighter, letGo: { payloads: 0, events: goes.length } };
}
