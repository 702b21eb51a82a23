import browser from "webextension-polyfill";

/**
 * Injects the faults' script into the page's world, in the frame that asked.
 * @returns whether that was possible
 */
export async function loadFaults(tabId: number, frameId: number): Promise<boolean> {
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
