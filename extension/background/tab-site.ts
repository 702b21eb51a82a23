/** Whether Hubscope runs in a tab, and why not. */
import browser from "webextension-polyfill";
import { runsAt, siteOf } from "../core/sites.ts";
import type { TabSite } from "../messages/extension.ts";
import type { Store } from "../store/store.ts";
import { registerContentScripts } from "./content-scripts.ts";
import { identityOf } from "./identity.ts";
import { inFirefox } from "./suspend-in-cache.ts";

export async function tabSite(store: Store, tabId: number): Promise<TabSite> {
  // The settings may have just been changed: who is told to reload the page must get it with the scripts.
  await registerContentScripts(store);
  const [identity, { sites }, tab] = await Promise.all([
    identityOf(tabId, 0, "loaded"),
    store.settings(),
    browser.tabs.get(tabId).catch(() => undefined),
  ]);
  // The browser tells the address only where it lets the extension run.
  const url = identity?.url ?? tab?.url;
  const firefox = inFirefox();
  const site = url === undefined ? null : siteOf(url, !firefox);
  return {
    site,
    origin: url !== undefined && site !== null ? new URL(url).origin : null,
    firefox,
    state: await stateOf(),
  };

  async function stateOf(): Promise<TabSite["state"]> {
    if (url !== undefined && site !== null && !runsAt(sites, url)) return "excluded";
    if (identity) return "running";
    const origins = [url !== undefined && site !== null ? `${new URL(url).origin}/*` : "<all_urls>"];
    if (!(await browser.permissions.contains({ origins }).catch(() => true))) return "withheld";
    if (site === null) return "impossible";
    return "not-loaded";
  }
}
