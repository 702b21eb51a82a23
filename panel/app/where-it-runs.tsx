/** In the empty state: whether Hubscope runs on the inspected site, and the switch for it. */
import { switchedAt, type SiteState } from "../../extension/core/sites.ts";
import { clock } from "../../extension/core/text/format.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import { whereItRuns, whyNotRunning } from "../../extension/core/text/site-words.ts";
import { OpenFile } from "../components/open-file.tsx";
import { Icon } from "../content/deferred-icons.tsx";
import { usePanel, type PanelState } from "../state/panel-state.ts";
import { useTabSite, type TabSite } from "../state/use-tab-site.ts";

export interface BarredSite extends TabSite {
  readonly state: Exclude<SiteState, "running">;
}

/** null: it runs there, as far as is known. */
export function barredOf(site: TabSite | null): BarredSite | null {
  return site === null || site.state === "running" ? null : { ...site, state: site.state };
}

/** Switches it on or off for the site of the inspected page. */
function switchSite(panel: PanelState, { site, origin }: TabSite, on: boolean): void {
  if (site === null || origin === null) return;
  const before = panel.settings.value.sites;
  void panel.changeSettings((now) => ({ sites: switchedAt(now.sites, `${origin}/`, site, on) }));
  panel.notices.show({
    tone: "note",
    text: on
      ? `Hubscope runs on ${site} from the next load of the page.`
      : `Hubscope no longer runs on ${site}. Reload the page to remove its scripts.`,
    action: {
      label: "Undo",
      run() {
        void panel.changeSettings({ sites: before });
      },
    },
  });
}

/** What is shown instead of the waiting, when Hubscope isn't in the page. */
export function Barred({ site }: { site: BarredSite }) {
  const panel = usePanel();
  const { title, text } = whyNotRunning(site.state, site.site, panel.settings.value.sites, site.firefox);
  const excluded = site.state === "excluded" && site.site !== null;
  return (
    <section data-testid="barred" data-state={site.state}>
      <h1>{title}</h1>
      <p class="say">{text}</p>
      <div class="actions">
        {excluded && (
          <button
            class="btn primary"
            data-testid="run-on-site"
            onClick={() => {
              switchSite(panel, site, true);
            }}
          >
            Run on {site.site}
          </button>
        )}
        {site.state === "not-loaded" && (
          <button class="btn primary" data-testid="reload-page" onClick={panel.reload}>
            <Icon name="reload" />
            Reload the page
          </button>
        )}
        <OpenFile class="btn" input="import-file">
          <Icon name="open" />
          Open a recording…
        </OpenFile>
      </div>
      {excluded && <p class="say dim">Then reload the page.</p>}
    </section>
  );
}

/** Why a recording was switched off, although recording is on: for the notice about its end. */
export function SwitchedOff({ at }: { at: EpochMilliseconds }) {
  const panel = usePanel();
  const site = useTabSite();
  const excluded = site?.state === "excluded" && site.site !== null;
  const left = excluded || site?.state === "not-loaded";
  return (
    <>
      <span class="ellip">
        {left
          ? `Hubscope was switched off for ${site.site ?? "this site"}: this recording ended at ${clock(at)}.`
          : `Recording was turned off at ${clock(at)}. It is on again, in a new recording.`}
      </span>
      <span class="grow" />
      {excluded && (
        <button
          class="link"
          data-testid="run-here-again"
          onClick={() => {
            switchSite(panel, site, true);
          }}
        >
          Run on {site.site}
        </button>
      )}
      {site?.state === "not-loaded" && (
        <button class="link" data-testid="reload-to-record" onClick={panel.reload}>
          Reload the page
        </button>
      )}
    </>
  );
}

/** The setting in one line, with the switch for this site. */
export function WhereItRuns({ site }: { site: TabSite | null }) {
  const panel = usePanel();
  const runs = site !== null && site.site !== null && site.state !== "excluded";
  return (
    <p data-testid="where-it-runs">
      {whereItRuns(panel.settings.value.sites)}{" "}
      {runs && (
        <button
          class="link"
          data-testid="dont-run-on-site"
          onClick={() => {
            switchSite(panel, site, false);
          }}
        >
          Don't run on {site.site}
        </button>
      )}
    </p>
  );
}
