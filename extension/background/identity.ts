import browser from "webextension-polyfill";
import { newPageId } from "../messages/page-id.ts";
import { tellIdentity, type FrameIdentity } from "../messages/sentinel-wake.ts";
import { PAGE_ANSWERS_WITHIN, within } from "./within.ts";

/**
 * Which page is in that frame; undefined: none with our scripts; "silent": it didn't answer in time.
 * @param when a page that has only begun to load may not have our scripts yet
 */
export function identityOf(
  tabId: number,
  frameId: number,
  when: "now" | "loaded" = "now",
): Promise<FrameIdentity | "silent" | undefined> {
  return within(PAGE_ANSWERS_WITHIN, ask(tabId, frameId, when === "now"), "silent");
}

async function ask(
  tabId: number,
  frameId: number,
  injectImmediately: boolean,
): Promise<FrameIdentity | undefined> {
  try {
    const [told] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: tellIdentity,
      args: [newPageId()],
      injectImmediately,
    });
    return (told?.result ?? undefined) as FrameIdentity | undefined;
  } catch {
    return undefined; // a page without our scripts, or a frame that is gone
  }
}
