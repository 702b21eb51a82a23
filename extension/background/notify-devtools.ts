import browser from "webextension-polyfill";
import type { BackgroundToDevtools } from "../messages/extension.ts";

/** Sends a message to our DevTools pages. Mostly there is none. */
export function notifyDevtools(message: BackgroundToDevtools): void {
  browser.runtime.sendMessage(message).catch(() => undefined);
}
