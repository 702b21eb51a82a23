/** Handles messages of panels and the popup. */
import browser from "webextension-polyfill";
import { readDoctorOrder } from "../core/doctor/order.ts";
import { parseFaultCommand } from "../core/faults/vocabulary.ts";
import type { FaultAnswer } from "../messages/hook-relay.ts";
import {
  HIDDEN_PANEL_LEASE,
  PANEL_LEASE,
  type BackgroundAnswer,
  type BackgroundToRelay,
  type PanelId,
  type RelayAnswer,
  type PanelToBackground,
} from "../messages/extension.ts";
import type { Store } from "../store/store.ts";
import { registerContentScripts } from "./content-scripts.ts";
import { discardTab } from "./discard.ts";
import { forgetPanel, isLate, leaseOf, notePanel } from "./mode.ts";
import { openWindow } from "./open-window.ts";
import { browserSession } from "./session.ts";
import { inFirefox, suspendInCache } from "./suspend-in-cache.ts";
import { notifyPanels } from "./notify-panels.ts";
import { notifyRelays } from "./notify-relays.ts";
import { giveBackPermission, watchWorkerScripts } from "./worker-scripts.ts";
import { tabSite } from "./tab-site.ts";

const MODE_CHANGED: BackgroundToRelay = { to: "relay", type: "mode-changed" };

export async function handlePanel(
  store: Store,
  message: PanelToBackground,
): Promise<BackgroundAnswer<PanelToBackground>> {
  switch (message.type) {
    case "panel-open": {
      const { panel, tabId } = message;
      if (isLate(panel)) return false;
      const duration = message.hidden ? HIDDEN_PANEL_LEASE : PANEL_LEASE;
      const isFirst = await notePanel(store, panel, tabId, duration);
      // Each time: it is forgotten when the background is stopped.
      await watchWorkerScripts(store);
      if (isFirst) await notifyRelays(tabId, MODE_CHANGED);
      return notifyRelays(tabId, { to: "relay", type: "lease", duration });
    }
    case "panel-closed":
      await panelClosed(store, message.panel);
      return undefined;
    case "open-window":
      await openWindow(store, message.tabId, message.recordings ?? false);
      return undefined;
    case "inject":
      return inject(store, message);
    case "end-fault":
      return askRelay(message.tabId, {
        to: "relay",
        type: "end-fault",
        page: message.page,
        fault: message.fault,
        why: "undone",
      });
    case "doctor": {
      const { tabId, page } = message;
      const order = readDoctorOrder(message.order);
      if (!order) return { ok: false, error: "That is not an order for the connection doctor." };
      await notifyRelays(tabId, { to: "relay", type: "lease", duration: await leaseOf(store, tabId) });
      return askRelay(tabId, { to: "relay", type: "doctor", page, order });
    }
    case "end-doctor":
      return askRelay(message.tabId, { to: "relay", type: "end-doctor", page: message.page });
    case "reload":
      await browser.tabs.reload(message.tabId);
      return undefined;
    case "settings-changed": {
      const registered = registerContentScripts(store);
      // At once: one tab that is slow must not delay the others.
      const tabs = await browser.tabs.query({});
      const ids = tabs.flatMap(({ id }) => id ?? []);
      await Promise.all(ids.map((id) => notifyRelays(id, MODE_CHANGED)));
      // Who reloads a page after the answer gets it with the new scripts.
      await registered;
      await giveBackPermission(store);
      await watchWorkerScripts(store);
      return undefined;
    }
    case "store-changed":
      notifyPanels({ to: "panel", type: "recordings-changed" });
      return undefined;
    case "session":
      return browserSession(store);
    case "tab-site":
      return tabSite(store, message.tabId);
  }
}

/** Faults and payloads last while any panel is open on the tab. */
export async function panelClosed(store: Store, panel: PanelId): Promise<void> {
  const tabId = await forgetPanel(store, panel);
  if (tabId === undefined) return;
  await watchWorkerScripts(store);
  await notifyRelays(tabId, {
    to: "relay",
    type: "end-fault",
    page: null,
    fault: "all",
    why: "panel-closed",
  });
  await notifyRelays(tabId, MODE_CHANGED);
}

async function inject(
  store: Store,
  { tabId, page, command: asked }: Extract<PanelToBackground, { type: "inject" }>,
): Promise<FaultAnswer> {
  const command = parseFaultCommand(asked);
  if (typeof command === "string") return { ok: false, error: command };
  if (command.name === "suspend-in-cache" && inFirefox())
    return {
      ok: false,
      error: "Firefox can't freeze a page. Use Suspend tab (emulated) instead.",
    };
  await notifyRelays(tabId, { to: "relay", type: "lease", duration: await leaseOf(store, tabId) });
  const answer = await askRelay(tabId, { to: "relay", type: "inject", page, command });
  if (answer.ok && command.name === "discard") await discardTab(tabId);
  if (answer.ok && command.name === "suspend-in-cache") await suspendInCache(tabId, command.duration);
  return answer;
}

type Command = Extract<BackgroundToRelay, { type: "inject" | "end-fault" | "doctor" | "end-doctor" }>;

async function askRelay(tabId: number, message: Command): Promise<FaultAnswer> {
  try {
    const answer = await browser.tabs.sendMessage<Command, RelayAnswer<Command>>(tabId, message);
    return answer ?? { ok: false, error: "That page no longer exists. Select the current page." };
  } catch {
    return { ok: false, error: "The page can't be reached. Reload it and try again." };
  }
}
