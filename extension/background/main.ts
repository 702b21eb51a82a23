/**
 * The background: stores what relays send, tells panels what is stored, and takes their commands to the page. It may be
 * stopped at any time: what must not be lost is stored, or asked for again.
 */
import browser from "webextension-polyfill";
import { isObject } from "../core/events/guards.ts";
import type { PanelToBackground, RelayToBackground } from "../messages/extension.ts";
import { openStore } from "../store/store.ts";
import { appendFrom, type RelaySender } from "./append.ts";
import { loadFaults } from "./load-faults.ts";
import { watchNetwork } from "./network.ts";
import { obeyPanel } from "./panel.ts";

/** Longest page id that is believed. */
const MOST_ID = 64;

watchNetwork();

const store = openStore();

browser.runtime.onMessage.addListener((message: unknown, sender: unknown) => {
  if (!isObject(message) || message["to"] !== "background") return undefined;
  const { tab, frameId, url } = sender as { tab?: { id?: number }; frameId?: number; url?: string };
  if (message["type"] === "append") {
    if (tab?.id === undefined || typeof message["page"] !== "string" || message["page"].length > MOST_ID)
      return undefined;
    const from: RelaySender = { tabId: tab.id, frameId: frameId ?? 0 };
    return appendFrom(store, message as unknown as RelayToBackground, from);
  }
  if (message["type"] === "load-faults")
    return tab?.id === undefined ? undefined : loadFaults(tab.id, frameId ?? 0);
  // Commands come from our own pages only: a content script has no business here.
  if (url?.startsWith(browser.runtime.getURL("")) !== true) return undefined;
  return obeyPanel(store, message as unknown as PanelToBackground);
});
