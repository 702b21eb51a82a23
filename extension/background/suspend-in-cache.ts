import browser from "webextension-polyfill";
import type { Milliseconds } from "../core/units.ts";

export const inFirefox = (): boolean => browser.runtime.getURL("").startsWith("moz-");

/** Navigates the tab to a page of ours, which navigates back: in between the page is frozen in the back/forward cache. */
export async function suspendInCache(tabId: number, duration: Milliseconds): Promise<void> {
  await browser.tabs.update(tabId, { url: browser.runtime.getURL(`waiting.html?for=${duration}`) });
}
