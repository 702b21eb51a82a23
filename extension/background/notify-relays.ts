import browser from "webextension-polyfill";
import type { BackgroundToRelay } from "../messages/extension.ts";
import { notifyDevtools } from "./notify-devtools.ts";
import { PAGE_ANSWERS_WITHIN, within } from "./within.ts";

/**
 * Sends a message to every frame of the tab; frames without SignalR ignore it. Resolves when they have it, or soon: a frozen page
 * gets it when it is resumed.
 * @returns false: there is none that could get it
 */
export async function notifyRelays(tabId: number, message: BackgroundToRelay): Promise<boolean> {
  // Workers that are read from DevTools have no relay.
  if (message.type === "mode-changed") notifyDevtools({ to: "devtools", type: "mode-changed", tabId });
  try {
    await within(PAGE_ANSWERS_WITHIN, browser.tabs.sendMessage(tabId, message), undefined);
    return true;
  } catch {
    return false; // a page without our scripts, one that has crashed, or a tab that is gone
  }
}
