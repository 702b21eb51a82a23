/** Bundled and run in a page of the extension: what its store holds of a soak. */
import { openStore } from "../../../extension/store/store.ts";
import { createAudit, type Audit } from "./audit.ts";

export interface SoakStore {
  /** Of all that is stored. */
  audit(): Promise<Audit>;
  /** Size of the database in bytes, and how many records it has. */
  size(): Promise<{ readonly bytes: number; readonly records: number }>;
  /** When the newest stored event happened; 0: nothing is stored. */
  newest(): Promise<number>;
  clear(): Promise<void>;
}

declare global {
  interface Window {
    soakStore: SoakStore;
  }
}

const store = openStore();
window.soakStore = {
  async audit() {
    const { audit, beginPage, add } = createAudit();
    for (const { page } of await store.pages()) {
      beginPage();
      for await (const events of store.readEvents(page, 0)) for (const event of events) add(event);
    }
    return audit;
  },
  async size() {
    const { usage = 0 } = await navigator.storage.estimate();
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
    const names = [...db.objectStoreNames];
    const transaction = db.transaction(names);
    const counts = await Promise.all(names.map((name) => ask(transaction.objectStore(name).count())));
    db.close();
    return { bytes: usage, records: counts.reduce((sum, count) => sum + count, 0) };
  },
  newest: async () => Math.max(0, ...(await store.pages()).map(({ lastAt }) => lastAt)),
  clear: () => store.clear({ keepPinned: false }),
};
