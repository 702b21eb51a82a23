/** Whether Hubscope runs in a tab, and why not. */
import browser from "webextension-polyfill";
import { runsAt, siteOf } from "../core/sites.ts";
import type { TabSite } from "../messages/extension.ts";
import type { FrameIdentity } from "../messages/sentinel-wake.ts";
import type { Store } from "../store/store.ts";
import { registerContentScripts } from "./content-scripts.ts";
import { identityOf } from "./identity.ts";
import { inFirefox } from "./suspend-in-cache.ts";

export async function tabSite(store: Store, tabId: number): Promise<TabSite> {
  // The settings may have just been changed: who is told to reload the page must get it with the scripts.
  await registerContentScripts(store);
  const [{ sites }, tab, everywhere] = await Promise.all([
    store.settings(),
    browser.tabs.get(tabId).catch(() => undefined),
    isAllowed("<all_urls>"),
  ]);
  // The browser tells the address only where it lets the extension run, and leaves a script for another tab without an answer.
  const told = everywhere || tab?.url !== undefined ? await topPage(tabId) : undefined;
  const page = told === "silent" ? undefined : told;
  const url = page?.url ?? tab?.url;
  const firefox = inFirefox();
  const site = url === undefined ? null : siteOf(url, !firefox);
  return {
    site,
    origin: url !== undefined && site !== null ? new URL(url).origin : null,
    firefox,
    state: await stateOf(),
    document: page ? { page: page.page, origin: page.origin } : null,
  };

  async function stateOf(): Promise<TabSite["state"]> {
    if (url !== undefined && site !== null && !runsAt(sites, url)) return "excluded";
    if (page) return "running";
    if (!(url !== undefined && site !== null ? await isAllowed(`${new URL(url).origin}/*`) : everywhere))
      return "withheld";
    if (told === "silent") return "silent";
    if (site === null) return "impossible";
    return "not-loaded";
  }
}

const isAllowed = (origin: string): Promise<boolean> =>
  browser.permissions.contains({ origins: [origin] }).catch(() => true);

/** A page that takes long to load may have our scripts already. */
async function topPage(tabId: number): Promise<FrameIdentity | "silent" | undefined> {
  const loaded = await identityOf(tabId, 0, "loaded");
  return loaded === "silent" ? identityOf(tabId, 0) : loaded;
}
