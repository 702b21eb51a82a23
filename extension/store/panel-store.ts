/**
 * What the panel needs of the extension's database: it reads recordings, and changes values. Apart from the rest, so that the panel
 * opens quickly.
 */
import type { EventBlock } from "../core/columns/event-block.ts";
import type { PageId } from "../core/ids.ts";
import { readSettings, type Settings } from "../core/settings.ts";
import type { Connection } from "./connection.ts";
import { createConnection } from "./connection.ts";
import { nextBlocks, payloadsOf, segmentsOf, type FoundPayloads } from "./segments.ts";
import type { StoredPage, UserDataName } from "./stored-page.ts";

export interface PanelStore {
  /** Newest first. */
  pages(): Promise<StoredPage[]>;
  pagesOf(recording: PageId): Promise<StoredPage[]>;
  /** Events after `afterSeq` in columns, without payloads, in order of seq. The first block may begin with earlier ones. */
  readBlocks(page: PageId, afterSeq: number): AsyncGenerator<EventBlock>;
  /** The payloads around these messages: around the first one, and around the next ones as far as it isn't too much at once. */
  payloadsOf(page: PageId, seqs: readonly number[]): Promise<readonly FoundPayloads[]>;
  setPinned(recording: PageId, pinned: boolean): Promise<void>;
  remove(pages: readonly StoredPage[]): Promise<void>;
  removeRecording(recording: PageId): Promise<void>;
  clear(options: { readonly keepPinned: boolean }): Promise<void>;
  settings(): Promise<Settings>;
  /** In one transaction, like all methods called `change…`: other parts may change it at the same time. */
  changeSettings(change: (now: Settings) => Settings): Promise<Settings>;
  /** Data that the panel stores for the user. Unchecked: readers have to check it. */
  userData(what: UserDataName): Promise<unknown>;
  /** @returns the new value */
  changeUserData(what: UserDataName, change: (old: unknown) => unknown): Promise<unknown>;
  browserSession(): Promise<number>;
}

/** The database is opened when it is first needed, and again whenever the browser has closed it. */
export const openPanelStore = (): PanelStore => createPanelStore(createConnection());

export function createPanelStore({ use }: Connection): PanelStore {
  const value = (key: string): Promise<unknown> => use((db) => db.get("values", key));
  const store: PanelStore = {
    async pages() {
      const all = await use((db) => db.getAll("pages"));
      return all.sort((a, b) => b.startedAt - a.startedAt);
    },
    pagesOf: (recording) => use((db) => db.getAllFromIndex("pages", "recording", recording)),
    readBlocks: (page, afterSeq) => ahead(afterSeq, (after) => use((db) => nextBlocks(db, page, after))),
    payloadsOf: (page, seqs) => use((db) => payloadsOf(db, page, seqs)),
    setPinned: (recording, pinned) =>
      use(async (db) => {
        const tx = db.transaction("pages", "readwrite");
        for (const page of await tx.store.index("recording").getAll(recording))
          void tx.store.put({ ...page, pinned });
        await tx.done;
      }),
    remove: (pages) =>
      use(async (db) => {
        const tx = db.transaction(["pages", "segments", "payloads"], "readwrite");
        for (const { page } of pages) {
          void tx.objectStore("pages").delete(page);
          void tx.objectStore("segments").delete(segmentsOf(page));
          void tx.objectStore("payloads").delete(segmentsOf(page));
        }
        await tx.done;
      }),
    removeRecording: async (recording) => store.remove(await store.pagesOf(recording)),
    clear: async ({ keepPinned }) =>
      store.remove((await store.pages()).filter((page) => !(keepPinned && page.pinned))),
    settings: async () => readSettings(await value("settings")),
    changeSettings: (change) =>
      changeValue({ use }, "settings", (old) => readSettings(change(readSettings(old)))),
    userData: value,
    changeUserData: (what, change) => changeValue({ use }, what, change),
    browserSession: async () => readSession(await value("browserSession")) ?? 1,
  };
  return store;
}

/** One block after another. The database reads the next ones while the first are handled. */
export async function* ahead<Block>(
  afterSeq: number,
  readAfter: (seq: number) => Promise<readonly { readonly lastSeq: number; readonly block: Block }[]>,
): AsyncGenerator<Block> {
  for (let reading = readAfter(afterSeq); ;) {
    const read = await reading;
    const last = read.at(-1);
    if (!last) return;
    reading = readAfter(last.lastSeq);
    // It is awaited later, or never.
    reading.catch(() => undefined);
    for (const { block } of read) yield block;
  }
}

/** @returns the new value */
export const changeValue = <T>(
  { use }: Pick<Connection, "use">,
  key: string,
  change: (old: unknown) => T,
): Promise<T> =>
  use(async (db) => {
    const tx = db.transaction("values", "readwrite");
    const value = change(await tx.store.get(key));
    await tx.store.put(value, key);
    await tx.done;
    return value;
  });

export const readSession = (value: unknown): number | undefined => value as number | undefined;
