/** What panels and the popup ask for. */
import browser from "webextension-polyfill";
import { parseFaultCommand } from "../core/faults/vocabulary.ts";
import type { FaultAnswer } from "../core/hook-messages.ts";
import { PANEL_LEASE, type BackgroundToRelay, type PanelToBackground } from "../messaging/protocol.ts";
import type { Store } from "../store/store.ts";
import { tellPanels } from "./append.ts";
import { discardTab } from "./discard.ts";
import { modeFor, notePanel } from "./mode.ts";
import { inFirefox, suspendInCache } from "./suspend-in-cache.ts";

export async function obeyPanel(store: Store, message: PanelToBackground): Promise<unknown> {
  switch (message.type) {
    case "panel-open": {
      const { tabId } = message;
      if (await notePanel(store, tabId, true)) await tellMode(store, tabId, message.origin);
      await tellRelays(tabId, { to: "relay", type: "lease", duration: PANEL_LEASE });
      return undefined;
    }
    case "panel-closed": {
      const { tabId } = message;
      await tellRelays(tabId, {
        to: "relay",
        type: "end-fault",
        page: null,
        fault: "all",
        why: "panel-closed",
      });
      if (await notePanel(store, tabId, false)) await tellMode(store, tabId, message.origin);
      return undefined;
    }
    case "inject":
      return inject(message);
    case "end-fault":
      return askRelay(message.tabId, {
        to: "relay",
        type: "end-fault",
        page: message.page,
        fault: message.fault,
        why: "undone",
      });
    case "reload":
      await browser.tabs.reload(message.tabId);
      return undefined;
    case "settings-changed":
      for (const tab of await browser.tabs.query({}))
        if (tab.id !== undefined) await tellMode(store, tab.id, undefined);
      return undefined;
    case "store-changed":
      await tellPanels({ to: "panel", type: "recordings-changed" });
      return undefined;
  }
}

async function inject({
  tabId,
  page,
  command: asked,
}: Extract<PanelToBackground, { type: "inject" }>): Promise<FaultAnswer> {
  const command = parseFaultCommand(asked);
  if (typeof command === "string") return { ok: false, error: command };
  if (command.name === "suspend-in-cache" && inFirefox())
    return {
      ok: false,
      error: "Firefox does not freeze a page that it keeps. Suspend the tab (emulated) instead.",
    };
  await tellRelays(tabId, { to: "relay", type: "lease", duration: PANEL_LEASE });
  const answer = await askRelay(tabId, { to: "relay", type: "inject", page, command });
  if (answer.ok && command.name === "discard") await discardTab(tabId);
  if (answer.ok && command.name === "suspend-in-cache") await suspendInCache(tabId, command.duration);
  return answer;
}

/** The origin is asked of the page itself, as the extension has no right to read a tab's address. */
async function tellMode(store: Store, tabId: number, given: string | undefined): Promise<void> {
  const origin = given ?? (await originOf(tabId));
  if (origin !== undefined)
    await tellRelays(tabId, { to: "relay", type: "mode", mode: await modeFor(store, tabId, origin) });
}

async function originOf(tabId: number): Promise<string | undefined> {
  try {
    const who: BackgroundToRelay = { to: "relay", type: "who" };
    const identity: unknown = await browser.tabs.sendMessage(tabId, who, { frameId: 0 });
    return (identity as { origin?: string } | undefined)?.origin;
  } catch {
    return undefined; // a page without our scripts
  }
}

/** To every frame of the tab; those without SignalR don't care. */
async function tellRelays(tabId: number, message: BackgroundToRelay): Promise<void> {
  try {
    await browser.tabs.sendMessage(tabId, message);
  } catch {
    // a page without our scripts, or a tab that is gone
  }
}

async function askRelay(tabId: number, message: BackgroundToRelay): Promise<FaultAnswer> {
  try {
    const answer = await browser.tabs.sendMessage<BackgroundToRelay, FaultAnswer | undefined>(tabId, message);
    return answer ?? { ok: false, error: "That page is gone. Choose the page that is live now." };
  } catch {
    return { ok: false, error: "The page can't be reached. Reload it and try again." };
  }
}
