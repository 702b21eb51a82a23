/**
 * Runs in the panel's page. A recording from a file becomes that of the panel's own tab: so the next reload of the panel shows it at
 * once, as it does with a recording that was made in the tab. Only its line in the list of recordings changes.
 */
import type { StoredPage } from "../../../extension/store/stored-page.ts";

export async function adopt(): Promise<void> {
  const fields = new URLSearchParams(location.search);
  const ask = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error("IndexedDB"));
      };
    });
  const db = await ask(indexedDB.open("hubscope"));
  const pages = db.transaction("pages", "readwrite").objectStore("pages");
  const all = (await ask(pages.getAll())) as StoredPage[];
  for (const { imported, importedAt, ...page } of all) {
    if (imported === undefined || importedAt === undefined)
      throw new Error("This recording is not from a file.");
    await ask(
      pages.put({
        ...page,
        tabId: Number(fields.get("tabId")),
        browserSession: Number(fields.get("session")),
        // Otherwise an old one would be removed.
        pinned: true,
      } satisfies StoredPage),
    );
  }
  db.close();
  if (all.length !== 1) throw new Error(`${all.length} recordings are stored`);
}
