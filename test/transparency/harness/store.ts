/** Reads what the extension has stored, in one of the extension's own pages. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import type { TestPage } from "../../harness/browser/index.ts";

export interface RecordedPage extends StoredPage {
  readonly recorded: readonly RecordedEvent[];
}

export async function readStore(extension: TestPage): Promise<RecordedPage[]> {
  const text = await extension.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error("IndexedDB"));
        };
      });
    const database = await asked(indexedDB.open("hubscope"));
    const transaction = database.transaction(["pages", "segments"]);
    const pages = await asked(transaction.objectStore("pages").getAll());
    const segments = await asked(transaction.objectStore("segments").getAll());
    database.close();
    return JSON.stringify({ pages, segments });
  });
  const { pages, segments } = JSON.parse(text) as {
    pages: StoredPage[];
    segments: { page: string; events: RecordedEvent[] }[];
  };
  return pages.map((page) => ({
    ...page,
    recorded: segments.filter((segment) => segment.page === page.page).flatMap(({ events }) => events),
  }));
}

/** Sends a message to the background, as the panel does. */
export async function command(extension: TestPage, message: object): Promise<unknown> {
  const text = await extension.evaluate(async (given) => {
    const { runtime } =
      (globalThis as unknown as { browser?: Runtime; chrome: Runtime }).browser ??
      (globalThis as unknown as { chrome: Runtime }).chrome;
    interface Runtime {
      runtime: { sendMessage(message: unknown): Promise<unknown> };
    }
    return JSON.stringify((await runtime.sendMessage({ to: "background", ...given })) ?? null);
  }, message);
  return JSON.parse(text);
}
