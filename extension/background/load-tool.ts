import browser from "webextension-polyfill";
import type { Tool } from "../messages/hook-relay.ts";
import { SCRIPTS_LOAD_WITHIN, within } from "./within.ts";

/**
 * Injects faults or connection doctor into the page's world, in the frame that asked.
 * @returns whether that was possible
 */
export function loadTool(tabId: number, frameId: number, tool: Tool): Promise<boolean> {
  return within(SCRIPTS_LOAD_WITHIN, inject(tabId, frameId, tool), false);
}

async function inject(tabId: number, frameId: number, tool: Tool): Promise<boolean> {
  try {
    await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      files: [`${tool}.js`],
      world: "MAIN",
      injectImmediately: true,
    });
    return true;
  } catch {
    return false; // the frame is gone
  }
}
