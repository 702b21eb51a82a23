/** Whether Hubscope runs on the inspected site, and the switch for it: in the empty state, and when a recording was ended by it. */
import { switchedAt, type SiteState } from "../../extension/core/sites.ts";
import { clock } from "../../extension/core/text/format.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import { readableSite } from "../../extension/core/punycode.ts";
import {
  allListed,
  portsIncluded,
  whereItRuns,
  whyNotRunning,
} from "../../extension/core/text/site-words.ts";
import { usePanel, type PanelState } from "../state/panel-state.ts";
import { useEffect, useRef } from "preact/hooks";
import { useTabSite, type TabSite } from "../state/use-tab-site.ts";

export interface BarredSite extends TabSite {
  readonly state: Exclude<SiteState, "running">;
}

/** null: it runs there, as far as is known. */
export function barredOf(site: TabSite | null): BarredSite | null {
  return site === null || site.state === "running" ? null : { ...site, state: site.state };
}

/** Switches it on or off for the site of the inspected page. */
export function switchSite(panel: PanelState, tabSite: TabSite, on: boolean): void {
  const { site, origin } = tabSite;
  if (site === null || origin === null) return;
  const name = readableSite(site);
  const before = panel.settings.value.sites;
  void panel.changeSettings((now) => ({ sites: switchedAt(now.sites, `${origin}/`, site, on) }));
  panel.notices.show({
    tone: "note",
    text: [
      on
        ? `Hubscope runs on ${name} from the next load of the page.`
        : `Hubscope no longer runs on ${name}. Reload the page to remove its scripts.`,
      portsIncluded(tabSite),
    ]
      .join(" ")
      .trim(),
    action: {
      label: "Undo",
      run() {
        void panel.changeSettings({ sites: before });
      },
    },
  });
}

/** Why a recording was switched off, although recording is on: for the notice about its end. */
export function SwitchedOff({ at }: { at: EpochMilliseconds }) {
  const panel = usePanel();
  const site = useTabSite();
  const excluded = site?.state === "excluded" && site.site !== null;
  const left = excluded || site?.state === "not-loaded";
  const name = site?.site == null ? "this site" : readableSite(site.site);
  const words = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (left || !pressed.current) return;
    // The button that was pressed is gone.
    words.current?.focus();
    pressed.current = false;
  }, [left]);
  return (
    <>
      <span class="ellip" ref={words} tabIndex={-1}>
        {left
          ? `Hubscope was switched off for ${name}: this recording ended at ${clock(at)}.`
          : `Recording was turned off at ${clock(at)}. It is on again, in a new recording.`}
      </span>
      <span class="grow" />
      {/* One button, so that it keeps the focus. */}
      {left && (
        <button
          class="link"
          data-testid={excluded ? "run-here-again" : "reload-to-record"}
          title={excluded ? portsIncluded(site) : ""}
          onClick={() => {
            pressed.current = true;
            if (excluded) switchSite(panel, site, true);
            else panel.reload();
          }}
        >
          {excluded ? `Run on ${name}` : "Reload the page"}
        </button>
      )}
    </>
  );
}

/** The page was left: what follows, or why nothing will. */
export function LeftPage({ at }: { at: EpochMilliseconds }) {
  const panel = usePanel();
  const site = barredOf(useTabSite());
  const left = `The page unloaded at ${clock(at)}.`;
  if (site === null || site.state === "silent" || site.state === "impossible")
    return <span class="ellip">{left} The next page in this tab appears here once it uses SignalR.</span>;
  const { title, text } = whyNotRunning(site.state, site.site, panel.settings.value.sites, site.firefox);
  // Not cut off: it says what to do.
  return (
    <span data-testid="left-for-barred">
      {left} {title}. {text}
    </span>
  );
}

interface WhereItRunsProps {
  readonly site: TabSite | null;
  /** Called when it is switched off: the button for that disappears. */
  readonly onSwitchedOff: () => void;
}

/** The setting in one line, with the switch for this site. */
export function WhereItRuns({ site, onSwitchedOff }: WhereItRunsProps) {
  const panel = usePanel();
  const { sites } = panel.settings.value;
  const runs = site !== null && site.site !== null && site.state !== "excluded";
  return (
    <p data-testid="where-it-runs">
      <span title={allListed(sites)}>{whereItRuns(sites)}</span>{" "}
      {runs && (
        <button
          class="link"
          data-testid="dont-run-on-site"
          title={portsIncluded(site)}
          onClick={() => {
            switchSite(panel, site, false);
            onSwitchedOff();
          }}
        >
          Don't run on {readableSite(site.site)}
        </button>
      )}
    </p>
  );
}
