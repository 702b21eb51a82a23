/** The extension's database: pages, their events in segments, and a few values. Opened by the background and by the panel. */
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { Bytes, EpochMilliseconds } from "../core/units.ts";
import { readSettings, type Settings } from "../core/settings.ts";
import type { UserDataName, StoredPage } from "./stored-page.ts";
import { appendEvents, type PageOrigin } from "./append.ts";
import { createConnection, type Database } from "./connection.ts";
import { oldestRecordings, planRetention } from "./retention.ts";
import type { Segment } from "./schema.ts";
import { segmentsOf } from "./segments.ts";
import { trimPages } from "./trim.ts";

/** On which tab each panel is, and until when it counts as open. */
export type Panels = Readonly<Record<string, { readonly tabId: number; readonly until: EpochMilliseconds }>>;

export interface Store {
  /** Newest first. */
  pages(): Promise<StoredPage[]>;
  page(page: PageId): Promise<StoredPage | undefined>;
  pagesOf(recording: PageId): Promise<StoredPage[]>;
  /** Events after `afterSeq`, segment by segment, in order of seq. */
  readEvents(page: PageId, afterSeq: number): AsyncGenerator<readonly RecordedEvent[]>;
  /**
   * Stores what isn't stored yet and returns the highest stored seq. Complete when it resolves.
   * @param after the seq that should be stored by now: missing events up to there are recorded as dropped
   */
  append(origin: PageOrigin, events: readonly RecordedEvent[], after?: number): Promise<StoredPage>;
  setPinned(recording: PageId, pinned: boolean): Promise<void>;
  removeRecording(recording: PageId): Promise<void>;
  clear(options: { readonly keepPinned: boolean }): Promise<void>;
  /** Removes recordings that are too old or too large. Returns those that were removed or trimmed. */
  enforceRetention(now: EpochMilliseconds): Promise<PageId[]>;
  /** Removes the oldest recordings with this total size, but not `current`. Returns the removed ones. */
  makeRoom(bytes: Bytes, current: PageId): Promise<PageId[]>;
  /** The frame is gone: sets its open connections to 0. */
  forgetConnections(page: PageId): Promise<void>;
  settings(): Promise<Settings>;
  /** In one transaction, like all methods called `change…`: other parts may change it at the same time. */
  changeSettings(change: (now: Settings) => Settings): Promise<Settings>;
  panels(): Promise<Panels>;
  /**
   * Stored, as the background can be stopped at any time.
   * @returns the previous value
   */
  changePanels(change: (now: Panels) => Panels): Promise<Panels>;
  /** Data that the panel stores for the user. Unchecked: readers have to check it. */
  userData(what: UserDataName): Promise<unknown>;
  /** @returns the new value */
  changeUserData(what: UserDataName, change: (old: unknown) => unknown): Promise<unknown>;
  browserSession(): Promise<number>;
  beginBrowserSession(): Promise<void>;
  close(): void;
}

/** The database is opened when it is first needed, and again whenever the browser has closed it. */
export function openStore(): Store {
  const connection = createConnection();
  const { use } = connection;
  const remove = (pages: readonly StoredPage[]): Promise<void> =>
    use(async (db) => {
      const tx = db.transaction(["pages", "segments"], "readwrite");
      for (const { page } of pages) {
        void tx.objectStore("pages").delete(page);
        void tx.objectStore("segments").delete(segmentsOf(page));
      }
      await tx.done;
    });
  const changeValue = <T>(key: string, change: (old: unknown) => T): Promise<T> =>
    use(async (db) => {
      const tx = db.transaction("values", "readwrite");
      const value = change(await tx.store.get(key));
      await tx.store.put(value, key);
      await tx.done;
      return value;
    });
  const value = (key: string): Promise<unknown> => use((db) => db.get("values", key));
  const store: Store = {
    async pages() {
      const all = await use((db) => db.getAll("pages"));
      return all.sort((a, b) => b.startedAt - a.startedAt);
    },
    page: (page) => use((db) => db.get("pages", page)),
    async *readEvents(page, afterSeq) {
      for (let after = afterSeq; ;) {
        const from = after;
        const segment = await use((db) => nextSegment(db, page, from));
        if (!segment) return;
        const events = segment.firstSeq > after ? segment.events : segment.events.filter((e) => e.seq > from);
        if (events.length > 0) yield events;
        after = segment.lastSeq;
      }
    },
    pagesOf: (recording) => use((db) => db.getAllFromIndex("pages", "recording", recording)),
    append: (origin, events, after) => use((db) => appendEvents(db, origin, events, after)),
    setPinned: (recording, pinned) =>
      use(async (db) => {
        const tx = db.transaction("pages", "readwrite");
        for (const page of await tx.store.index("recording").getAll(recording))
          void tx.store.put({ ...page, pinned });
        await tx.done;
      }),
    removeRecording: async (recording) => remove(await store.pagesOf(recording)),
    clear: async ({ keepPinned }) =>
      remove((await store.pages()).filter((page) => !(keepPinned && page.pinned))),
    async enforceRetention(now) {
      const { goes, trims, excess } = planRetention(await store.pages(), await store.settings(), now);
      await remove(goes);
      await trimPages(connection, trims, excess);
      return [...new Set([...goes, ...trims].map((page) => page.recording))];
    },
    async makeRoom(bytes, current) {
      const goes = oldestRecordings(await store.pages(), current, bytes);
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
    settings: async () => readSettings(await value("settings")),
    changeSettings: (change) => changeValue("settings", (old) => readSettings(change(readSettings(old)))),
    panels: async () => readPanels(await value("panels")),
    async changePanels(change) {
      let was: Panels = {};
      await changeValue("panels", (old) => {
        was = readPanels(old);
        return change(was);
      });
      return was;
    },
    userData: value,
    changeUserData: changeValue,
    browserSession: async () => readSession(await value("browserSession")) ?? 1,
    async beginBrowserSession() {
      await changeValue("browserSession", (last) => (readSession(last) ?? 0) + 1);
    },
    close: connection.close,
  };
  return store;
}

const readPanels = (value: unknown): Panels => (value as Panels | undefined) ?? {};
const readSession = (value: unknown): number | undefined => value as number | undefined;

/** The segment with the first event after `after`, which may be in the middle of the segment. */
async function nextSegment(db: Database, page: PageId, after: number): Promise<Segment | undefined> {
  const store = db.transaction("segments").store;
  const before = await store.openCursor(IDBKeyRange.bound([page, 0], [page, after]), "prev");
  if (before && before.value.lastSeq > after) return before.value;
  return store.get(IDBKeyRange.bound([page, after + 1], [page, Number.MAX_SAFE_INTEGER]));
}
