/** The number of this run of the browser. Tab ids start anew with it, so recordings of the run before belong to no tab any more. */
import browser from "webextension-polyfill";
import type { Store } from "../store/store.ts";

let beginning: Promise<number> | undefined;

/** What is kept for the session is gone with the browser, and with the extension when it is switched off: then a run begins. */
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
