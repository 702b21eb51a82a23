import browser from "webextension-polyfill";

/** Puts our own script of the faults into the world of the page, in the frame that asked. @returns whether it could be done */
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
