import browser from "webextension-polyfill";
import { newPageId } from "../messages/page-id.ts";
import { tellIdentity, type FrameIdentity } from "../messages/sentinel-wake.ts";

/**
 * Which page is in that frame; undefined: none with our scripts.
 * @param when a page that has only begun to load may not have our scripts yet
 */
export async function identityOf(
  tabId: number,
  frameId: number,
  when: "now" | "loaded" = "now",
): Promise<FrameIdentity | undefined> {
  try {
    const [told] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: tellIdentity,
      args: [newPageId()],
      injectImmediately: when === "now",
    });
    return (told?.result ?? undefined) as FrameIdentity | undefined;
  } catch {
    return undefined; // a page without our scripts, or a frame that is gone
  }
}
