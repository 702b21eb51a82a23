import { sizeOfEvents } from "../core/events/event-size.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import { isNeeded } from "../core/events/needed-events.ts";
import type { Bytes } from "../core/units.ts";
import type { StoredPage } from "./stored-page.ts";
import type { Database } from "./connection.ts";
import { putSegment, segmentOf } from "./segments.ts";

/** The origin of a page's events; `tabId` and `frameId` are from the browser, never from the page. */
export interface PageOrigin {
  readonly page: PageId;
  readonly recording: PageId;
  readonly tabId: number;
  readonly frameId: number;
  readonly browserSession: number;
  readonly url: string;
  readonly connections: number;
  readonly prerendering?: true;
}

/**
 * Appends events in one transaction. Events that are already stored (the relay sends them again when an acknowledgement was
 * lost) are skipped by their seq; the events of one call must be in order of seq.
 */
export async function appendEvents(
  db: Database,
  origin: PageOrigin,
  events: readonly RecordedEvent[],
  after = 0,
): Promise<StoredPage> {
  const tx = db.transaction(["pages", "segments", "payloads"], "readwrite");
  const known = await tx.objectStore("pages").get(origin.page);
  const fresh = withNoteOfLost(
    events.filter((event) => event.seq > (known?.storedUpTo ?? 0)),
    after - (known?.storedUpTo ?? 0),
    after,
  );
  const first = fresh[0];
  if (!first) {
    await tx.done;
    return known ?? { ...newPage(origin, 0), storedUpTo: 0 };
  }
  const bytes = sizeOfEvents(fresh);
  const { connections, prerendering } = origin;
  const page: { -readonly [K in keyof StoredPage]: StoredPage[K] } = {
    ...grown(known ?? newPage(origin, first.t), fresh, bytes),
    connections,
  };
  if (!prerendering) delete page.prerendering;
  // Awaited together: if the transaction fails, all requests reject.
  await Promise.all([
    ...putSegment(tx, segmentOf(origin.page, fresh, bytes)),
    tx.objectStore("pages").put(page),
    tx.done,
  ]);
  return page;
}

/** Adds a `dropped` event for a previous piece that was lost. */
function withNoteOfLost(
  events: readonly RecordedEvent[],
  count: number,
  seq: number,
): readonly RecordedEvent[] {
  const [first] = events;
  if (!first || count <= 0) return events;
  return [{ kind: "dropped", where: "relay", count, seq, t: first.t }, ...events];
}

function newPage(origin: PageOrigin, startedAt: number): StoredPage {
  return {
    ...origin,
    startedAt,
    lastAt: startedAt,
    storedUpTo: 0,
    events: 0,
    bytes: 0,
    hubs: 0,
    interruptions: 0,
    pinned: false,
  };
}

function grown(page: StoredPage, events: readonly RecordedEvent[], bytes: Bytes): StoredPage {
  let { hubs, interruptions, lastAt, storedUpTo } = page;
  for (const event of events) {
    storedUpTo = Math.max(storedUpTo, event.seq);
    lastAt = Math.max(lastAt, event.t);
    if (event.kind === "hub") hubs++;
    if (hubs > 0 ? lostByClient(event) : event.kind === "socket-closed" && event.code !== 1000)
      interruptions++;
  }
  return {
    ...page,
    hubs,
    interruptions,
    lastAt,
    storedUpTo,
    events: page.events + events.length,
    bytes: page.bytes + bytes,
    needed: (page.needed ?? 0) + sizeOfEvents(events.filter(isNeeded)),
    ...(events.at(-1)?.kind === "recording-ended" ? { ended: true } : {}),
  };
}

const lostByClient = (event: RecordedEvent): boolean =>
  event.kind === "hub-state" && event.from === "Connected" && event.to !== "Disconnecting";
