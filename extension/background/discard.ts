import browser from "webextension-polyfill";
import { inFirefox } from "./suspend-in-cache.ts";

/** Really discards a tab. Firefox never discards the active tab, so another tab is activated first. */
export async function discardTab(tabId: number): Promise<void> {
  const tab = await browser.tabs.get(tabId);
  if (inFirefox() && tab.active && tab.windowId !== undefined) await bringOtherToFront(tab.windowId, tabId);
  await browser.tabs.discard(tabId);
}

async function bringOtherToFront(windowId: number, tabId: number): Promise<void> {
  const others = (await browser.tabs.query({ windowId })).filter((tab) => tab.id !== tabId);
  const other = others[0]?.id;
  if (other === undefined) await browser.tabs.create({ windowId, active: true });
  else await browser.tabs.update(other, { active: true });
}
