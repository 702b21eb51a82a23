/**
 * The number of this browser session. Tab ids are reused in the next session, so older recordings belong to no tab any more.
 */
import browser from "webextension-polyfill";
import type { Store } from "../store/store.ts";

let beginning: Promise<number> | undefined;

/**
 * `storage.session` is cleared when the browser closes or the extension is disabled: without an entry there a new session
 * begins.
 */
export function browserSession(store: Store): Promise<number> {
  beginning ??= begin(store).catch((error: unknown) => {
    beginning = undefined;
    throw error;
  });
  return beginning;
}

async function begin(store: Store): Promise<number> {
  const { begun } = await browser.storage.session.get("begun");
  if (begun !== true) {
    await store.beginBrowserSession();
    await browser.storage.session.set({ begun: true });
  }
  return store.browserSession();
}
