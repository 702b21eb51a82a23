import browser from "webextension-polyfill";
import { SCRIPTS_LOAD_WITHIN, within } from "./within.ts";

/**
 * Injects the faults' script into the page's world, in the frame that asked.
 * @returns whether that was possible
 */
export function loadFaults(tabId: number, frameId: number): Promise<boolean> {
  return within(SCRIPTS_LOAD_WITHIN, inject(tabId, frameId), false);
}

async function inject(tabId: number, frameId: number): Promise<boolean> {
  try {
    await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      files: ["faults.js"],
      world: "MAIN",
      injectImmediately: true,
    });
    return true;
  } catch {
    return false; // the frame is gone
  }
}
