/** Changes the extension's settings in the same way as the settings dialog. */
import type { Settings } from "../../extension/core/settings.ts";
import type { TestPage } from "./browser/index.ts";

interface Extension {
  readonly chrome: { readonly runtime: { sendMessage: (message: object) => Promise<unknown> } };
}

/** @param extension one of the extension's documents */
export const changeSettings = (extension: TestPage, settings: Partial<Settings>): Promise<void> =>
  extension.evaluate(async (changed) => {
    const done = (request: IDBRequest): Promise<unknown> =>
      new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const db = (await done(indexedDB.open("hubscope"))) as IDBDatabase;
    const values = db.transaction("values", "readwrite").objectStore("values");
    const old = (await done(values.get("settings"))) as object | undefined;
    await done(values.put({ ...old, ...changed }, "settings"));
    db.close();
    const { runtime } = (globalThis as unknown as Extension).chrome;
    await runtime.sendMessage({ to: "background", type: "settings-changed" });
  }, settings);
