import browser from "webextension-polyfill";
import type { BackgroundAnswer, PanelToBackground, TabSite } from "../messages/extension.ts";
import { newPageId } from "../messages/page-id.ts";
import { tellIdentity, type FrameIdentity } from "../messages/sentinel-wake.ts";
import type { Store } from "../store/store.ts";

/** What the popup shows about the active page. */
export interface Site extends TabSite {
  readonly tabId: number | undefined;
  /** Whether the page has our scripts. */
  readonly loaded: boolean;
  readonly connections: number;
  readonly recordings: number;
  readonly bytes: number;
}

const NOWHERE: TabSite = { site: null, origin: null, firefox: false, state: "impossible" };

export async function loadSite(store: Store): Promise<Site> {
  // `?tabId=` is for tests, which open the popup as a page.
  const given = new URLSearchParams(location.search).get("tabId");
  const [tab] =
    given === null
      ? await browser.tabs.query({ active: true, currentWindow: true })
      : [{ id: Number(given) }];
  const tabId = tab.id;
  const [about, identity] = tabId === undefined ? [] : await Promise.all([tabSite(tabId), identityOf(tabId)]);
  const origin = identity?.origin ?? about?.origin ?? null;
  const pages = origin === null ? [] : await store.pages();
  const own = pages.filter(({ url }) => url === origin || url.startsWith(`${origin}/`));
  return {
    ...(about ?? NOWHERE),
    origin,
    tabId,
    loaded: identity !== undefined,
    connections: pages
      .filter(({ recording }) => recording === identity?.page)
      .reduce((sum, { connections }) => sum + connections, 0),
    recordings: new Set(own.map(({ recording }) => recording)).size,
    bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const tabSite = (tabId: number): Promise<TabSite | undefined> =>
  browser.runtime.sendMessage<AskTabSite, BackgroundAnswer<AskTabSite>>({
    to: "background",
    type: "tab-site",
    tabId,
  });

type AskTabSite = Extract<PanelToBackground, { type: "tab-site" }>;

async function identityOf(tabId: number): Promise<FrameIdentity | undefined> {
  try {
    const [told] = await browser.scripting.executeScript({
      target: { tabId },
      func: tellIdentity,
      args: [newPageId()],
    });
    return (told?.result ?? undefined) as FrameIdentity | undefined;
  } catch {
    return undefined; // none of our scripts there
  }
}
