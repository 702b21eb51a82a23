/** What a page records: from the settings, and from whether a panel is open on its tab. */
import type { RecordMode } from "../core/hook-messages.ts";
import type { Store } from "../store/store.ts";
import { PANEL_LEASE } from "../messaging/protocol.ts";

export async function modeFor(store: Store, tabId: number, origin: string): Promise<RecordMode> {
  const settings = await store.settings();
  const panels = await store.panels();
  const open = (panels[tabId] ?? 0) > Date.now();
  return {
    record: settings.recording,
    payloads: open || settings.payloadSites.includes(origin),
    payloadCap: settings.payloadCap,
    probe: settings.probe,
    flightRecorderRate: settings.flightRecorderRate,
  };
}

/** Remembers until when the panel on a tab counts as open. @returns whether that is news */
export async function notePanel(store: Store, tabId: number, open: boolean): Promise<boolean> {
  const panels = await store.panels();
  const was = (panels[tabId] ?? 0) > Date.now();
  const now = Date.now();
  const others = Object.entries(panels).filter(([id, until]) => until > now && id !== String(tabId));
  const alive = Object.fromEntries(others);
  await store.savePanels(open ? { ...alive, [tabId]: now + PANEL_LEASE } : alive);
  return was !== open;
}
