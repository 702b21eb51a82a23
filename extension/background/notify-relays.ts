import browser from "webextension-polyfill";
import type { BackgroundToRelay } from "../messages/extension.ts";

/** Sends a message to every frame of the tab; frames without SignalR ignore it. */
export async function notifyRelays(tabId: number, message: BackgroundToRelay): Promise<void> {
  try {
    await browser.tabs.sendMessage(tabId, message);
  } catch {
    // a page without our scripts, or a tab that is gone
  }
}
