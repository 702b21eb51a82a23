import browser from "webextension-polyfill";
import type { BackgroundAnswer, PanelToBackground, TabSite } from "../messages/extension.ts";
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

const NOWHERE: TabSite = { site: null, origin: null, firefox: false, state: "impossible", document: null };

export async function loadSite(store: Store): Promise<Site> {
  // `?tabId=` is for tests, which open the popup as a page.
  const given = new URLSearchParams(location.search).get("tabId");
  const [tab] =
    given === null
      ? await browser.tabs.query({ active: true, currentWindow: true })
      : [{ id: Number(given) }];
  const tabId = tab.id;
  const about = (tabId === undefined ? undefined : await tabSite(tabId)) ?? NOWHERE;
  const { document } = about;
  const origin = document?.origin ?? about.origin;
  const pages = origin === null ? [] : await store.pages();
  const own = pages.filter(({ url }) => url === origin || url.startsWith(`${origin}/`));
  return {
    ...about,
    origin,
    tabId,
    loaded: document !== null,
    connections: pages
      .filter(({ recording }) => recording === document?.page)
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
