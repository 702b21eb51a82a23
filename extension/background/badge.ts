import browser from "webextension-polyfill";
import type { StoredPage } from "../store/stored-page.ts";
import type { Store } from "../store/store.ts";
import { identityOf } from "./identity.ts";
import { NO_FRAME } from "./no-frame.ts";

const COLOR = "#12806f";
const COLOR_OF_TROUBLE = "#b3261e";

interface Shown {
  readonly what: "connections" | "full";
  /** A frame may be slow to answer, and its tab may be on another page by then: what was asked for earlier comes too late. */
  readonly turn: number;
}

/** What each tab's button shows, as far as the background knows since it was started. */
const shown = new Map<number, Shown>();
const MAX_TABS = 500;
let lastTurn = 0;

/**
 * The toolbar button shows how many SignalR connections the tab's page has open. Called with every append.
 * @param changed the page's own number of connections; a new page begins with an empty button
 */
export async function showConnections(store: Store, stored: StoredPage, changed: boolean): Promise<void> {
  const { tabId } = stored;
  if (!changed && shown.get(tabId)?.what === "connections") return;
  const turn = ++lastTurn;
  const pages = await store.pagesOf(stored.recording);
  const others = pages.filter(({ page, connections }) => page !== stored.page && connections > 0);
  const gone = await Promise.all(others.map(isGone));
  await Promise.all(others.filter((_, i) => gone[i]).map(({ page }) => store.forgetConnections(page)));
  await show(tabId, turn, sum(pages) - sum(others.filter((_, i) => gone[i])));
}

const sum = (pages: readonly StoredPage[]): number =>
  pages.reduce((total, { connections }) => total + connections, 0);

/** A frame that crashed or was removed may not have reported its end. One that doesn't answer in time is busy, not gone. */
async function isGone({ tabId, frameId, page }: StoredPage): Promise<boolean> {
  // A worker, of which DevTools tells.
  if (frameId === NO_FRAME) return false;
  const answer = await identityOf(tabId, frameId);
  return answer !== "silent" && answer?.page !== page && answer?.workers?.includes(page) !== true;
}

function show(tabId: number, turn: number, open: number): Promise<void> {
  return set(
    tabId,
    { what: "connections", turn },
    {
      color: COLOR,
      text: open > 0 ? String(open) : "",
      title: `Hubscope: ${open === 1 ? "1 SignalR connection" : `${open} SignalR connections`} on this page`,
    },
  );
}

/** Shows that nothing more can be stored. */
export function showFull(tabId: number): Promise<void> {
  return set(
    tabId,
    { what: "full", turn: ++lastTurn },
    {
      color: COLOR_OF_TROUBLE,
      text: "!",
      title:
        "Hubscope can't record: storage is full. Delete recordings in the SignalR panel of DevTools, or free disk space.",
    },
  );
}

async function set(
  tabId: number,
  now: Shown,
  { color, text, title }: { readonly color: string; readonly text: string; readonly title: string },
): Promise<void> {
  if ((shown.get(tabId)?.turn ?? 0) > now.turn) return;
  if (shown.size > MAX_TABS) shown.clear();
  shown.set(tabId, now);
  try {
    // At once: what another call shows must not come in between.
    await Promise.all([
      browser.action.setBadgeBackgroundColor({ color, tabId }),
      browser.action.setBadgeText({ text, tabId }),
      browser.action.setTitle({ tabId, title }),
    ]);
  } catch {
    // the tab is gone
  }
}
