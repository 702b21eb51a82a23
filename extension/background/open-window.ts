/** The panel in a window of its own: one window for each tab. */
import browser from "webextension-polyfill";
import { panelAddress, panelTabIn, RECORDINGS } from "../messages/panel-address.ts";
import type { Store } from "../store/store.ts";
import { browserSession } from "./session.ts";

/** Wide enough for all labels of the toolbar. The browser makes it smaller on a small screen. */
const SIZE = { width: 1200, height: 760 };

let last: Promise<void> = Promise.resolve();

/** One after the other: a double click must not open two. */
export function openWindow(store: Store, tabId: number, recordings: boolean): Promise<void> {
  const opened = last.then(() => open(store, tabId, recordings ? RECORDINGS : ""));
  last = opened.catch(() => undefined);
  return opened;
}

async function open(store: Store, tabId: number, part: "" | typeof RECORDINGS): Promise<void> {
  const session = await browserSession(store);
  const url = browser.runtime.getURL(panelAddress({ tabId, session, before: [] }) + part);
  const known = (await browser.tabs.query({})).find((tab) => {
    const at = panelTabIn(tab.pendingUrl ?? tab.url ?? "", browser.runtime.getURL(""));
    return at?.tabId === tabId && at.session === session;
  });
  // Firefox for Android has no windows.
  const windows = browser.windows as typeof browser.windows | undefined;
  if (known?.id === undefined)
    await (windows?.create({ url, type: "popup", ...SIZE }) ?? browser.tabs.create({ url }));
  else {
    // Another fragment doesn't reload the page.
    const there = part === "" ? {} : { url: `${(known.url ?? url).replace(/#.*/, "")}${part}` };
    await browser.tabs.update(known.id, { active: true, ...there });
    if (windows && known.windowId !== undefined) await bringToFront(known.windowId);
  }
}

async function bringToFront(windowId: number): Promise<void> {
  const { state } = await browser.windows.get(windowId);
  await browser.windows.update(windowId, {
    focused: true,
    ...(state === "minimized" ? { state: "normal" } : {}),
  });
}
