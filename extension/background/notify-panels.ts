import browser from "webextension-polyfill";
import type { BackgroundToPanel } from "../messages/extension.ts";

/** Sends a message to all panels, without waiting for them. It is no error that no panel is open. */
export function notifyPanels(message: BackgroundToPanel): void {
  browser.runtime.sendMessage(message).catch(() => undefined);
}
