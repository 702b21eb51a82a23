/** The extension's database: pages, their events in segments, and a few values. What the panel needs of it is in panel-store.ts. */
import { unpackEvents } from "../core/columns/unpack-events.ts";
import type { PayloadBlock } from "../core/columns/payload-block.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { Bytes, EpochMilliseconds } from "../core/units.ts";
import type { StoredPage } from "./stored-page.ts";
import { appendEvents, type PageOrigin } from "./append.ts";
import { createConnection } from "./connection.ts";
import { convertOldSegments } from "./convert-old.ts";
import { removeDeadImports } from "./import.ts";
import { ahead, changeValue, createPanelStore, readSession, type PanelStore } from "./panel-store.ts";
import { oldestRecordings, planRetention } from "./retention.ts";
import { nextPayloads, nextSegment } from "./segments.ts";
import { trimPages } from "./trim.ts";

/** On which tab each panel is, and until when it counts as open. */
export type Panels = Readonly<Record<string, { readonly tabId: number; readonly until: EpochMilliseconds }>>;

export interface Store extends PanelStore {
  page(page: PageId): Promise<StoredPage | undefined>;
  /** Events after `afterSeq` with their payloads, segment by segment, in order of seq. */
  readEvents(page: PageId, afterSeq: number): AsyncGenerator<readonly RecordedEvent[]>;
  /** Payloads of messages after `afterSeq`, segment by segment. The first block may begin with earlier ones. */
  readPayloads(page: PageId, afterSeq: number): AsyncGenerator<PayloadBlock>;
  /**
   * Stores what isn't stored yet and returns the highest stored seq. Complete when it resolves.
   * @param after the seq that should be stored by now: missing events up to there are recorded as dropped
   */
  append(origin: PageOrigin, events: readonly RecordedEvent[], after?: number): Promise<StoredPage>;
  /** Removes recordings that are too old or too large. Returns those that were removed or trimmed. */
  enforceRetention(now: EpochMilliseconds): Promise<PageId[]>;
  /** Removes the oldest recordings with this total size, but not `current`. Returns the removed ones. */
  makeRoom(bytes: Bytes, current: PageId): Promise<PageId[]>;
  /** The frame is gone: sets its open connections to 0. */
  forgetConnections(page: PageId): Promise<void>;
  panels(): Promise<Panels>;
  /**
   * Stored, as the background can be stopped at any time.
   * @returns the previous value
   */
  changePanels(change: (now: Panels) => Panels): Promise<Panels>;
  beginBrowserSession(): Promise<void>;
  /**
   * Removes what imports that have died left behind, and rewrites segments that version 1 of the database stored. It may be
   * stopped at any time, and continued later.
   */
  tidyUp(now: EpochMilliseconds): Promise<void>;
  close(): void;
}

/** The database is opened when it is first needed, and again whenever the browser has closed it. */
export function openStore(): Store {
  const connection = createConnection();
  const { use } = connection;
  const panelStore = createPanelStore(connection);
  const { pages, settings, remove } = panelStore;
  return {
    ...panelStore,
    page: (page) => use((db) => db.get("pages", page)),
    async *readEvents(page, afterSeq) {
      for (let after = afterSeq; ;) {
        const from = after;
        const segment = await use((db) => nextSegment(db, page, from));
        if (!segment) return;
        const events = unpackEvents(segment, after);
        if (events.length > 0) yield events;
        after = segment.lastSeq;
      }
    },
    async *readPayloads(page, afterSeq) {
      await convertOldSegments(connection, page);
      yield* ahead(afterSeq, (after) => use((db) => nextPayloads(db, page, after)));
    },
    append: (origin, events, after) => use((db) => appendEvents(db, origin, events, after)),
    async enforceRetention(now) {
      const { goes, trims, excess } = planRetention(await pages(), await settings(), now);
      await remove(goes);
      await trimPages(connection, trims, excess);
      return [...new Set([...goes, ...trims].map((page) => page.recording))];
    },
    async makeRoom(bytes, current) {
      const goes = oldestRecordings(await pages(), current, bytes);
      await remove(goes);
      return [...new Set(goes.map((page) => page.recording))];
    },
    forgetConnections: (page) =>
      use(async (db) => {
        const tx = db.transaction("pages", "readwrite");
        const known = await tx.store.get(page);
        if (known) void tx.store.put({ ...known, connections: 0 });
        await tx.done;
      }),
    panels: async () => readPanels(await use((db) => db.get("values", "panels"))),
    async changePanels(change) {
      let was: Panels = {};
      await changeValue(connection, "panels", (old) => {
        was = readPanels(old);
        return change(was);
      });
      return was;
    },
    async beginBrowserSession() {
      await changeValue(connection, "browserSession", (last) => (readSession(last) ?? 0) + 1);
    },
    async tidyUp(now) {
      await removeDeadImports(connection, now);
      await convertOldSegments(connection);
    },
    close: connection.close,
  };
}

const readPanels = (value: unknown): Panels => (value as Panels | undefined) ?? {};
