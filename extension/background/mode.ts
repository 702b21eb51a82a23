/** What a page records: from the settings, and from whether a panel is open on its tab. */
import type { RecordMode } from "../messages/hook-relay.ts";
import { runsAt } from "../core/sites.ts";
import type { Panels, Store } from "../store/store.ts";
import type { EpochMilliseconds, Milliseconds } from "../core/units.ts";
import { PANEL_LEASE, type PanelId } from "../messages/extension.ts";

export async function modeFor(store: Store, tabId: number, origin: string): Promise<RecordMode> {
  const settings = await store.settings();
  const open = openUntil(await store.panels(), tabId) > Date.now();
  return {
    // A page that was loaded before its site was excluded still has the scripts. Not every document has an address of its own.
    record: settings.recording && (!origin.startsWith("http") || runsAt(settings.sites, origin)),
    payloads: open || settings.payloadSites.includes(origin),
    payloadCap: settings.payloadCap,
    probe: settings.probe,
    flightRecorderRate: settings.flightRecorderRate,
  };
}

/** Until when a tab counts as watched by a panel: the last of its panels counts. */
const openUntil = (panels: Panels, tabId: number): EpochMilliseconds =>
  Object.values(panels).reduce(
    (last, panel) => (panel.tabId === tabId ? Math.max(last, panel.until) : last),
    0,
  );

/** Tabs that are watched by a panel. */
export const openTabs = (panels: Panels): readonly number[] =>
  Object.values(panels).flatMap(({ tabId, until }) => (until > Date.now() ? tabId : []));

/** Removes the panel, and those whose lease has run out. */
const others = (panels: Panels, own: PanelId, now: EpochMilliseconds): Panels =>
  Object.fromEntries(Object.entries(panels).filter(([id, { until }]) => id !== own && until > now));

/** When panels were closed: the newest ones. */
const closed = new Map<PanelId, EpochMilliseconds>();
const MAX_CLOSED = 50;

/**
 * A message that a panel sent while it was being closed may arrive after its end: it would count as open for another lease. An
 * open panel says so again later.
 */
const LATE: Milliseconds = 3_000;

/** Whether a panel that says that it is open has just been closed. */
export const isLate = (panel: PanelId): boolean => Date.now() - (closed.get(panel) ?? 0) < LATE;

/**
 * Remembers until when a panel counts as open.
 * @returns whether it is the first one on its tab
 */
export async function notePanel(
  store: Store,
  panel: PanelId,
  tabId: number,
  lease: Milliseconds,
): Promise<boolean> {
  const now = Date.now();
  const was = await store.changePanels((panels) => ({
    ...others(panels, panel, now),
    [panel]: { tabId, until: now + lease },
  }));
  return openUntil(was, tabId) <= now;
}

/** @returns its tab, if no other panel is open on that; undefined if one is, or if this panel was closed before */
export async function forgetPanel(store: Store, panel: PanelId): Promise<number | undefined> {
  const now = Date.now();
  closed.set(panel, now);
  if (closed.size > MAX_CLOSED) closed.delete(closed.keys().next().value ?? "");
  const was = await store.changePanels((panels) => others(panels, panel, now));
  const tabId = was[panel]?.tabId;
  if (tabId === undefined || openUntil(others(was, panel, now), tabId) > now) return undefined;
  return tabId;
}

/** How long the panels on a tab still count as open. */
export async function leaseOf(store: Store, tabId: number): Promise<Milliseconds> {
  return Math.max(PANEL_LEASE, openUntil(await store.panels(), tabId) - Date.now());
}
