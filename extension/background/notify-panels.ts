import browser from "webextension-polyfill";
import type { BackgroundToPanel } from "../messages/extension.ts";

/** Nobody listens when no panel is open; that is no error. And nobody waits until every panel has heard it. */
export function notifyPanels(message: BackgroundToPanel): void {
  browser.runtime.sendMessage(message).catch(() => undefined);
}
