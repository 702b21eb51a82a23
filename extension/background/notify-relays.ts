import browser from "webextension-polyfill";
import type { BackgroundToRelay } from "../messages/extension.ts";

/** To every frame of the tab; those without SignalR don't care. */
export async function notifyRelays(tabId: number, message: BackgroundToRelay): Promise<void> {
  try {
    await browser.tabs.sendMessage(tabId, message);
  } catch {
    // a page without our scripts, or a tab that is gone
  }
}
