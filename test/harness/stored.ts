/** Reads the extension's database in one of the extension's documents. */
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import type { StoredPage } from "../../extension/store/stored-page.ts";
import type { Target } from "./browser/index.ts";

export interface StoredRecording {
  readonly page: StoredPage;
  readonly events: readonly RecordedEvent[];
}

/** All stored pages with their events, oldest first. */
export async function readStore(target: Target): Promise<StoredRecording[]> {
  const { pages, segments } = await target.evaluate(async () => {
    const ask = (request: IDBRequest): Promise<unknown> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
      });
    const db = (await ask(indexedDB.open("hubscope"))) as IDBDatabase;
    const all = (store: string): Promise<unknown> => ask(db.transaction(store).objectStore(store).getAll());
    const read = { pages: await all("pages"), segments: await all("segments") };
    db.close();
    return read as { pages: StoredPage[]; segments: { page: string; events: RecordedEvent[] }[] };
  });
  return pages
    .sort((a, b) => a.startedAt - b.startedAt)
    .map((page) => ({
      page,
      events: segments.filter((segment) => segment.page === page.page).flatMap((segment) => segment.events),
    }));
}
