import browser from "webextension-polyfill";
import type { Settings, SiteChoice } from "../core/settings.ts";
import { switchedAt } from "../core/sites.ts";
import { allListed, portsIncluded, whereItRuns } from "../core/text/site-words.ts";
import type { Site } from "./site.ts";

interface WhereProps {
  readonly site: Site;
  readonly sites: SiteChoice;
  readonly change: (change: (now: Settings) => Partial<Settings>) => void;
}

/** Where Hubscope runs, and the switch for the site of the active page. */
export function Where({ site, sites, change }: WhereProps) {
  const { site: name, origin, tabId, state } = site;
  const excluded = state === "excluded";
  const ports = portsIncluded(site);
  const reloads = (excluded && site.loaded) || state === "not-loaded";
  return (
    <section>
      <p data-testid="popup-where">
        <span title={allListed(sites)}>{whereItRuns(sites)}</span> Change the list in the settings of the
        panel.
      </p>
      <div class="actions">
        {name !== null && origin !== null && (
          <button
            data-testid={excluded ? "popup-run" : "popup-dont-run"}
            onClick={() => {
              change((now) => ({ sites: switchedAt(now.sites, `${origin}/`, name, excluded) }));
            }}
          >
            {excluded ? "Run on this site" : "Don't run on this site"}
          </button>
        )}
        {reloads && tabId !== undefined && (
          <button
            data-testid="popup-reload"
            onClick={() => {
              void browser.runtime.sendMessage({ to: "background", type: "reload", tabId });
              window.close();
            }}
          >
            Reload the page
          </button>
        )}
      </div>
      {ports !== "" && <p>{ports}</p>}
    </section>
  );
}
