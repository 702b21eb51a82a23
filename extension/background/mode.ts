/** What a page records: from the settings, and from whether a panel is open on its tab. */
import type { RecordMode } from "../messages/hook-relay.ts";
import type { Store } from "../store/store.ts";
import type { Milliseconds } from "../core/units.ts";
import { PANEL_LEASE } from "../messages/extension.ts";

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

/**
 * Remembers until when the panel on a tab counts as open.
 * @param lease null: it was closed
 * @returns whether that changes anything
 */
export async function notePanel(store: Store, tabId: number, lease: Milliseconds | null): Promise<boolean> {
  const now = Date.now();
  const was = await store.changePanels((panels) => {
    const others = Object.entries(panels).filter(([id, until]) => until > now && id !== String(tabId));
    return { ...Object.fromEntries(others), ...(lease === null ? {} : { [tabId]: now + lease }) };
  });
  return (was[tabId] ?? 0) > now !== (lease !== null);
}

/** How long the panel on a tab still counts as open. */
export async function leaseOf(store: Store, tabId: number): Promise<Milliseconds> {
  const panels = await store.panels();
  return Math.max(PANEL_LEASE, (panels[tabId] ?? 0) - Date.now());
}
