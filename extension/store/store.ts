/** The extension's database: pages, their events in segments, and a few values. Opened by the background and by the panel. */
import { openDB, type IDBPDatabase } from "idb";
import { sizeOfEvents } from "../core/event-size.ts";
import type { RecordedEvent } from "../core/events.ts";
import type { PageId } from "../core/model/types.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { readSettings, type Settings } from "../core/settings.ts";
import type { Kept, StoredPage } from "../core/stored-page.ts";
import { appendEvents, type PageOrigin } from "./append.ts";
import { enforceRetention } from "./retention.ts";
import { DATABASE, DATABASE_VERSION, type Schema, type Segment } from "./schema.ts";

export type Database = IDBPDatabase<Schema>;

/** Pages of one recording, or all but the pinned. */
export interface Store {
  /** Newest first. */
  pages(): Promise<StoredPage[]>;
  page(page: PageId): Promise<StoredPage | undefined>;
  pagesOf(recording: PageId): Promise<StoredPage[]>;
  /** Events after `afterSeq`, segment by segment, in order of seq. */
  readEvents(page: PageId, afterSeq: number): AsyncGenerator<readonly RecordedEvent[]>;
  /** Stores what isn't stored yet and returns the highest stored seq. Complete when it resolves. */
  append(origin: PageOrigin, events: readonly RecordedEvent[]): Promise<StoredPage>;
  importPages(
    pages: readonly { readonly page: StoredPage; readonly events: readonly RecordedEvent[] }[],
  ): Promise<void>;
  setPinned(recording: PageId, pinned: boolean): Promise<void>;
  removeRecording(recording: PageId): Promise<void>;
  clear(options: { readonly keepPinned: boolean }): Promise<void>;
  /** Removes what is too old or too much. Returns the removed recordings. */
  enforceRetention(now: number): Promise<PageId[]>;
  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;
  /** Until when the panel of a tab counts as open, by tab id. Kept here as the background can be stopped at any time. */
  panels(): Promise<Readonly<Record<string, EpochMilliseconds>>>;
  savePanels(panels: Readonly<Record<string, EpochMilliseconds>>): Promise<void>;
  /** What the panel keeps for the user, as it was given: whoever reads it checks it. */
  kept(what: Kept): Promise<unknown>;
  /** In one transaction: two panels may change it at the same time. @returns what is kept now */
  changeKept(what: Kept, change: (old: unknown) => unknown): Promise<unknown>;
  browserSession(): Promise<number>;
  beginBrowserSession(): Promise<void>;
  close(): void;
}

/** Events in one segment of an imported page. */
const SEGMENT_EVENTS = 5_000;

export async function openStore(): Promise<Store> {
  const db = await openDB<Schema>(DATABASE, DATABASE_VERSION, {
    upgrade(database, oldVersion) {
      if (oldVersion < 1) {
        database.createObjectStore("pages", { keyPath: "page" }).createIndex("recording", "recording");
        database.createObjectStore("segments", { keyPath: ["page", "firstSeq"] });
        database.createObjectStore("values");
      }
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
  return storeOn(db);
}

function storeOn(db: Database): Store {
  const remove = async (pages: readonly StoredPage[]): Promise<void> => {
    const tx = db.transaction(["pages", "segments"], "readwrite");
    for (const { page } of pages) {
      void tx.objectStore("pages").delete(page);
      void tx.objectStore("segments").delete(segmentsOf(page));
    }
    await tx.done;
  };
  const store: Store = {
    async pages() {
      const all = await db.getAll("pages");
      return all.sort((a, b) => b.startedAt - a.startedAt);
    },
    page: (page) => db.get("pages", page),
    async *readEvents(page, afterSeq) {
      for (let after = afterSeq; ;) {
        const segment = await nextSegment(db, page, after);
        if (!segment) return;
        const events =
          segment.firstSeq > after ? segment.events : segment.events.filter((e) => e.seq > after);
        if (events.length > 0) yield events;
        after = segment.lastSeq;
      }
    },
    pagesOf: (recording) => db.getAllFromIndex("pages", "recording", recording),
    append: (origin, events) => appendEvents(db, origin, events),
    async importPages(pages) {
      const tx = db.transaction(["pages", "segments"], "readwrite");
      for (const { page, events } of pages) {
        void tx.objectStore("pages").put(page);
        for (let i = 0; i < events.length; i += SEGMENT_EVENTS) {
          const part = events.slice(i, i + SEGMENT_EVENTS);
          const [first, last] = [part[0], part.at(-1)];
          if (!first || !last) continue;
          void tx.objectStore("segments").put({
            page: page.page,
            firstSeq: first.seq,
            lastSeq: last.seq,
            bytes: sizeOfEvents(part),
            events: part,
          });
        }
      }
      await tx.done;
    },
    async setPinned(recording, pinned) {
      const tx = db.transaction("pages", "readwrite");
      for (const page of await tx.store.index("recording").getAll(recording))
        void tx.store.put({ ...page, pinned });
      await tx.done;
    },
    removeRecording: async (recording) => remove(await db.getAllFromIndex("pages", "recording", recording)),
    clear: async ({ keepPinned }) =>
      remove((await db.getAll("pages")).filter((page) => !(keepPinned && page.pinned))),
    async enforceRetention(now) {
      const goes = enforceRetention(await db.getAll("pages"), await store.settings(), now);
      await remove(goes);
      return [...new Set(goes.map((page) => page.recording))];
    },
    settings: async () => readSettings(await db.get("values", "settings")),
    async saveSettings(settings) {
      await db.put("values", readSettings(settings), "settings");
    },
    panels: async () =>
      ((await db.get("values", "panels")) as Record<string, EpochMilliseconds> | undefined) ?? {},
    async savePanels(panels) {
      await db.put("values", panels, "panels");
    },
    kept: (what) => db.get("values", what),
    async changeKept(what, change) {
      const tx = db.transaction("values", "readwrite");
      const value = change(await tx.store.get(what));
      await tx.store.put(value, what);
      await tx.done;
      return value;
    },
    browserSession: async () => ((await db.get("values", "browserSession")) as number | undefined) ?? 1,
    async beginBrowserSession() {
      const tx = db.transaction("values", "readwrite");
      const last = ((await tx.store.get("browserSession")) as number | undefined) ?? 0;
      await tx.store.put(last + 1, "browserSession");
      await tx.done;
    },
    close: () => {
      db.close();
    },
  };
  return store;
}

const segmentsOf = (page: PageId): IDBKeyRange =>
  IDBKeyRange.bound([page, 0], [page, Number.MAX_SAFE_INTEGER]);

/** The segment that holds the first event after `after`. A reader may stand in the middle of one. */
async function nextSegment(db: Database, page: PageId, after: number): Promise<Segment | undefined> {
  const store = db.transaction("segments").store;
  const before = await store.openCursor(IDBKeyRange.bound([page, 0], [page, after]), "prev");
  if (before && before.value.lastSeq > after) return before.value;
  return store.get(IDBKeyRange.bound([page, after + 1], [page, Number.MAX_SAFE_INTEGER]));
}
