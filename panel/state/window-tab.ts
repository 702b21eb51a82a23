/** The tab of a window of its own: the window is named after it, and stays when it goes. */
import { panelAddress, panelTabIn, RECORDINGS } from "../../extension/messages/panel-address.ts";
import { browser } from "./browser-api.ts";
import type { Place } from "./place.ts";
import { hostOf } from "./recordings.ts";
import type { SourceChange, TabGone } from "./source.ts";

/** @param session the current browser session: in another one the tab's id belongs to another tab */
export function windowTab(session: number): Place {
  const { onUpdated, onRemoved, onReplaced } = browser.tabs;
  const tab = panelTabIn(location.href, browser.runtime.getURL(""));
  const isKnown = tab?.session === session;
  const ids = isKnown ? [...tab.before, tab.tabId] : [];
  const current = (): number | null => ids.at(-1) ?? null;
  const listeners = new Set<(change: SourceChange) => void>();
  const tellAll = (change: SourceChange): void => {
    for (const listener of listeners) listener(change);
  };
  const tell = (why: TabGone): void => {
    tellAll({ type: "tab-gone", why });
  };
  let host = "";
  const name = (url: string | undefined, before = ""): void => {
    // Without access to the site the browser doesn't tell its address.
    if (url !== undefined) host = hostOf(url);
    document.title = `${before}${host === "" ? "" : `${host} – `}Hubscope`;
  };
  const updated = (
    id: number,
    { url, discarded, status }: { url?: string; discarded?: boolean; status?: string },
  ): void => {
    if (id !== current()) return;
    if (url !== undefined) name(url);
    if (discarded === true) tell("discarded");
    if (status === "complete") tellAll({ type: "tab-loaded" });
  };
  /** Chromium gives a tab another id when it discards it. */
  const replaced = (added: number, removed: number): void => {
    if (removed !== current()) return;
    ids.push(added);
    // For a reload of this window, and so that the toolbar button finds it.
    history.replaceState(null, "", panelAddress({ tabId: added, session, before: ids.slice(0, -1) }));
    tell("discarded");
  };
  const removed = (id: number): void => {
    if (id === current()) closed();
  };
  const closed = (): void => {
    stop();
    name(undefined, "Tab closed: ");
    tell("tab-closed");
  };
  /** The popup's link, also to a window that is open. Not in the panel's first modules, where its own code would be dear. */
  const showRecordings = (): void => {
    if (location.hash !== RECORDINGS) return;
    // So that the same link works again.
    history.replaceState(null, "", location.pathname + location.search);
    const button = document.querySelector<HTMLElement>(
      '[aria-haspopup="dialog"].picker[aria-expanded="false"]',
    );
    button?.focus();
    button?.click();
  };
  const start = (): void => {
    window.addEventListener("hashchange", showRecordings);
    // The panel isn't rendered yet.
    setTimeout(showRecordings);
    onUpdated.addListener(updated);
    onRemoved.addListener(removed);
    onReplaced.addListener(replaced);
    // The window may have been reloaded, or restored, when its tab was gone.
    if (isKnown) browser.tabs.get(tab.tabId).then(({ url }) => name(url), closed);
    else queueMicrotask(closed);
  };
  const stop = (): void => {
    window.removeEventListener("hashchange", showRecordings);
    onUpdated.removeListener(updated);
    onRemoved.removeListener(removed);
    onReplaced.removeListener(replaced);
  };
  return {
    kind: "window",
    tabId: current,
    isTab: (id) => ids.includes(id),
    follow(listener) {
      listeners.add(listener);
      if (listeners.size === 1) start();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
  };
}
