import browser from "webextension-polyfill";
import { isWaiting } from "../messages/sentinel-wake.ts";
import { PAGE_ANSWERS_WITHIN, SCRIPTS_LOAD_WITHIN, within } from "./within.ts";

/** What is being injected, by tab. */
const loading = new Map<number, Promise<unknown>>();

/**
 * Injects relay and hook into a frame with the sentinel. The relay comes first: it makes the sentinel expect the hook.
 * @returns whether that was possible
 */
export function loadHook(tabId: number, frameId: number): Promise<boolean> {
  const loaded = within(SCRIPTS_LOAD_WITHIN, inject(tabId, frameId), false);
  void beforeAsking(tabId, loaded);
  return loaded;
}

/** Frames of the tab are asked only after this. It must not reject. */
export async function beforeAsking(tabId: number, work: Promise<unknown>): Promise<void> {
  const all = Promise.all([loading.get(tabId), work]);
  loading.set(tabId, all);
  await all;
  if (loading.get(tabId) === all) loading.delete(tabId);
}

/** What gets a message in a tab: a frame, whatever document is in it, or one document, if it is still there. Neither: all frames. */
export interface Place {
  readonly tabId: number;
  readonly target: { readonly frameId?: number; readonly documentId?: string };
}

/** For a connection that the sentinel can't see: loads the hook if the document has only the sentinel so far. */
export async function loadHookWithoutSign({ tabId, target }: Place): Promise<void> {
  const { frameId = 0, documentId } = target;
  try {
    const asked = browser.scripting.executeScript({
      target: {
        tabId,
        ...(documentId === undefined ? { frameIds: [frameId] } : { documentIds: [documentId] }),
      },
      func: isWaiting,
      injectImmediately: true,
    });
    const told = (await within(PAGE_ANSWERS_WITHIN, asked, []))[0];
    if (told?.result === true) await loadHook(tabId, told.frameId);
  } catch {
    // the frame is gone, or has none of our scripts
  }
}

/** Resolves when the frames of a tab that have called for the hook can be asked. */
export async function hooksLoaded(tabId: number): Promise<void> {
  await loading.get(tabId);
}

async function inject(tabId: number, frameId: number): Promise<boolean> {
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
