import browser from "webextension-polyfill";

/**
 * Injects relay and hook into a frame with the sentinel. The relay comes first: it makes the sentinel expect the hook.
 * @returns whether that was possible
 */
export async function loadHook(tabId: number, frameId: number): Promise<boolean> {
  const target = { tabId, frameIds: [frameId] };
  try {
    await browser.scripting.executeScript({ target, files: ["relay.js"], injectImmediately: true });
    await browser.scripting.executeScript({
      target,
      files: ["hook.js"],
      world: "MAIN",
      injectImmediately: true,
    });
    return true;
  } catch {
    return false; // the frame is gone
  }
}
