import browser from "webextension-polyfill";
import type { BackgroundToRelay, RelayIdentity } from "../messages/extension.ts";

/** Which page is in that frame; undefined: none with our relay. */
export async function identityOf(tabId: number, frameId: number): Promise<RelayIdentity | undefined> {
  try {
    const who: BackgroundToRelay = { to: "relay", type: "who" };
    return await browser.tabs.sendMessage<BackgroundToRelay, RelayIdentity | undefined>(tabId, who, {
      frameId,
    });
  } catch {
    return undefined; // a page without our scripts, or a frame that is gone
  }
}
