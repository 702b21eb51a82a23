/** The address of the panel in a window of its own: it says which tab the window shows. */

export interface PanelTab {
  readonly tabId: number;
  /** The browser session in which the window was opened: tab ids are reused in the next one, and a browser may restore windows. */
  readonly session: number;
  /** Ids that this tab had before, oldest first: Chromium gives a tab another id when it discards it. */
  readonly before: readonly number[];
}

const PAGE = "panel.html";

/** At the end of the address: with the list of recordings open. */
export const RECORDINGS = "#recordings";

export const panelAddress = ({ tabId, session, before }: PanelTab): string =>
  `${PAGE}?tabId=${tabId}&session=${session}${before.length > 0 ? `&before=${before.join()}` : ""}`;

/**
 * @param base address of the extension
 * @returns undefined: that is not such an address
 */
export function panelTabIn(address: string, base: string): PanelTab | undefined {
  if (!address.startsWith(`${base}${PAGE}?`)) return undefined;
  const fields = new URLSearchParams(/\?[^#]*/.exec(address)?.[0]);
  const tabId = numberIn(fields.get("tabId"));
  const session = numberIn(fields.get("session"));
  if (tabId === undefined || session === undefined) return undefined;
  const before = (fields.get("before") ?? "").split(",").flatMap((text) => numberIn(text) ?? []);
  return { tabId, session, before };
}

const numberIn = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
