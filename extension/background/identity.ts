import browser from "webextension-polyfill";
import { newPageId } from "../messages/page-id.ts";
import { tellIdentity, type FrameIdentity } from "../messages/sentinel-wake.ts";

/** Which page is in that frame; undefined: none with our scripts. */
export async function identityOf(tabId: number, frameId: number): Promise<FrameIdentity | undefined> {
  try {
    const [told] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: tellIdentity,
      args: [newPageId()],
      injectImmediately: true,
    });
    return (told?.result ?? undefined) as FrameIdentity | undefined;
  } catch {
    return undefined; // a page without our scripts, or a frame that is gone
  }
}
