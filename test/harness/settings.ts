import type { Settings } from "../../extension/core/settings.ts";
import { WORKER_PERMISSION } from "../../extension/messages/worker-permissions.ts";
import { until, type TestBrowser, type TestPage } from "./browser/index.ts";
import { openWindow, tabIdOf } from "./window-of.ts";

interface Extension {
  readonly chrome: { readonly runtime: { sendMessage: (message: object) => Promise<unknown> } };
}

/** Changes settings in the same way as the settings dialog. @param extension one of the extension's own documents */
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

/**
 * Firefox: switches the recording of workers on as a person does, in Hubscope's own window: the browser gives its permissions only
 * for a click there.
 * @param plainPage URL of a page without SignalR: the window's toolbar doesn't move while it loads a recording
 */
export async function switchWorkersOn(
  browser: TestBrowser,
  reader: TestPage,
  plainPage: string,
): Promise<void> {
  const page = await browser.newPage(plainPage);
  const tabId = await tabIdOf(reader, page);
  await openWindow(browser, tabId);
  const window = await browser.openedPage(`panel.html?tabId=${tabId}&`);
  await window.click('[data-testid="settings"]');
  await window.click('[data-testid="settings-workers"]');
  await until("the permission to be granted, and the switch to be on", () =>
    window.evaluate(async (permission) => {
      const { browser: api } = globalThis as unknown as {
        browser: { permissions: { contains(of: { permissions: string[] }): Promise<boolean> } };
      };
      const box = document.querySelector<HTMLInputElement>('[data-testid="settings-workers"]');
      return box?.checked === true && (await api.permissions.contains({ permissions: [permission] }));
    }, WORKER_PERMISSION),
  );
  await window.close();
  await page.close();
}
