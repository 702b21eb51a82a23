import browser from "webextension-polyfill";
import type { PageId } from "../core/model/types.ts";
import type { Store } from "../store/store.ts";

const BADGE_COLOR = "#12806f";

/** The toolbar button shows how many SignalR connections the tab's page has open. */
export async function showConnections(store: Store, tabId: number, recording: PageId): Promise<void> {
  const pages = await store.pagesOf(recording);
  const open = pages.reduce((sum, page) => sum + page.connections, 0);
  try {
    await browser.action.setBadgeBackgroundColor({ color: BADGE_COLOR, tabId });
    await browser.action.setBadgeText({ text: open > 0 ? String(open) : "", tabId });
    await browser.action.setTitle({
      tabId,
      title: `Hubscope: ${open === 1 ? "1 SignalR connection" : `${open} SignalR connections`} on this page`,
    });
  } catch {
    // the tab is gone
  }
}
