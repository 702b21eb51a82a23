import browser from "webextension-polyfill";
import type { BackgroundToRelay, RelayIdentity } from "../messages/extension.ts";
import type { Store } from "../store/store.ts";

/** What the popup shows about the active page. */
export interface Site {
  readonly tabId: number | undefined;
  /** undefined: a page where extensions don't run. */
  readonly origin: string | undefined;
  readonly connections: number;
  readonly recordings: number;
  readonly bytes: number;
}

export async function loadSite(store: Store): Promise<Site> {
  // `?tabId=` is for tests, which open the popup as a page.
  const given = new URLSearchParams(location.search).get("tabId");
  const [tab] =
    given === null
      ? await browser.tabs.query({ active: true, currentWindow: true })
      : [{ id: Number(given) }];
  const tabId = tab.id;
  const identity = tabId === undefined ? undefined : await identityOf(tabId);
  if (!identity) return { tabId, origin: undefined, connections: 0, recordings: 0, bytes: 0 };
  const { origin, page } = identity;
  const pages = await store.pages();
  const own = pages.filter(({ url }) => url === origin || url.startsWith(`${origin}/`));
  return {
    tabId,
    origin,
    connections: pages
      .filter(({ recording }) => recording === page)
      .reduce((sum, { connections }) => sum + connections, 0),
    recordings: new Set(own.map(({ recording }) => recording)).size,
    bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function identityOf(tabId: number): Promise<RelayIdentity | undefined> {
  try {
    const who: BackgroundToRelay = { to: "relay", type: "who" };
    return await browser.tabs.sendMessage<BackgroundToRelay, RelayIdentity | undefined>(tabId, who, {
      frameId: 0,
    });
  } catch {
    return undefined; // no relay there
  }
}
