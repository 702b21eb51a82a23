import { useRef } from "preact/hooks";
import { unrecordedOf } from "../../extension/wording/unrecorded.ts";
import { UnrecordedList } from "../content/unrecorded-list.tsx";
import { usePanel } from "../state/panel-state.ts";
import { nameOf } from "../state/recordings.ts";
import { clock } from "../../extension/core/text/format.ts";
import { readableSite } from "../../extension/core/punycode.ts";
import { portsIncluded, whyNotRunning } from "../../extension/core/text/site-words.ts";
import { Icon } from "../content/deferred-icons.tsx";
import { useTabSite } from "../state/use-tab-site.ts";
import { barredOf, switchSite, WhereItRuns } from "./where-it-runs.tsx";
import { OpenFile } from "../components/open-file.tsx";
import { WindowOrDevtools } from "../components/window-or-devtools.tsx";

const LANES = [
  ["Page", 24],
  ["State", 18],
  ["Attempts", 24],
  ["Transports", 16],
  ["Messages", 30],
  ["Pings", 20],
] as const;

/** Shown while no SignalR connection was seen: why, and what to do. */
export function EmptyState() {
  const panel = usePanel();
  const { recording, probe } = panel.settings.value;
  const closed = panel.tabClosed.value;
  const pages = panel.shown.value?.pages.length ?? 0;
  const chosen = panel.shown.value !== null && !panel.isLive.value;
  const recorded = panel.loaded.value;
  const unrecorded = recorded && recorded.version.value > 0 ? unrecordedOf(recorded.model.pages) : [];
  const site = useTabSite();
  const barred = recording && !closed && !chosen && unrecorded.length === 0 ? barredOf(site) : null;
  const watches = recording && barred === null;
  const words = barred
    ? whyNotRunning(barred.state, barred.site, panel.settings.value.sites, barred.firefox)
    : {
        title:
          unrecorded.length > 0
            ? "This page's SignalR connection can't be recorded"
            : chosen
              ? "No SignalR connection in this recording"
              : closed
                ? "The tab was closed"
                : recording
                  ? "Waiting for a SignalR connection"
                  : "Recording is off",
        text: closed
          ? "This window belongs to that tab only. To watch another tab, choose Open Hubscope in the popup of Hubscope's toolbar button."
          : recording
            ? "Hubscope is monitoring this page. The app needs no changes. If a connection is already open, reload the page to see it from its first negotiate."
            : "Nothing is recorded on any page until you turn recording on with the red button above. Your recordings are kept.",
      };
  const primary = useRef<HTMLButtonElement>(null);
  const action = barred
    ? barred.state === "excluded" && barred.site !== null
      ? "run-on-site"
      : barred.state === "not-loaded" || barred.state === "silent"
        ? "reload-page"
        : null
    : closed
      ? null
      : "reload-page";
  return (
    <>
      <div class="ghost" aria-hidden="true">
        <div class="ghost-axis" />
        {LANES.map(([name, height]) => (
          <div key={name} class="ghost-lane" style={{ height: `${height}px` }}>
            <span>{name}</span>
            {name === "Page" && <i />}
          </div>
        ))}
      </div>
      <div class="empty" data-testid="empty-state">
        <div class="empty-box">
          <section data-testid={barred ? "barred" : "waiting"} data-state={barred?.state}>
            <h1>{words.title}</h1>
            <p class="say">{words.text}</p>
            {unrecorded.length > 0 && <UnrecordedList all={unrecorded} />}
            <div class="actions">
              {/* One button for all states, so that it keeps the focus when it changes the state. */}
              {action !== null && (
                <button
                  ref={primary}
                  class="btn primary"
                  data-testid={action}
                  title={action === "run-on-site" && site ? portsIncluded(site) : ""}
                  onClick={() => {
                    if (action === "reload-page") panel.reload();
                    else if (site) switchSite(panel, site, true);
                  }}
                >
                  {action === "reload-page" ? (
                    <>
                      <Icon name="reload" />
                      Reload the page
                    </>
                  ) : (
                    `Run on ${readableSite(site?.site ?? "")}`
                  )}
                </button>
              )}
              <OpenFile class="btn" input="import-file">
                <Icon name="open" />
                Open a recording…
              </OpenFile>
            </div>
            {!barred && <Ways />}
          </section>
          {!closed && (
            <section class="watching">
              <h2 class="section">Monitoring</h2>
              <ul>
                <Watched
                  ok={watches}
                  word="Page and frames"
                  figure={pages > 0 ? String(pages) : "on"}
                  off="off"
                />
                <Watched ok={watches} word="Negotiates, transports" figure="0 seen" off="off" />
                <Watched ok={watches && probe} word="HubConnection objects" figure="0 found" off="off" />
                <li>
                  <span class="sev warn">
                    <Icon name="warn" />
                  </span>
                  <span>Workers</span>
                  <span class="dim">not recorded</span>
                </li>
              </ul>
              <p>Connections in workers are not visible to the page.</p>
              <WhereItRuns
                site={site}
                onSwitchedOff={() => {
                  primary.current?.focus();
                }}
              />
            </section>
          )}
        </div>
      </div>
    </>
  );
}

function Ways() {
  const panel = usePanel();
  return (
    <ul class="ways">
      <Earlier />
      {panel.source.place === "devtools" && (
        <li>
          <Icon name="tab" />
          <span>
            <b>DevTools or a window.</b> <WindowOrDevtools />
          </span>
        </li>
      )}
      <li>
        <Icon name="pin" />
        <span>
          <b>Recorded in the background.</b> Interruptions are recorded even while DevTools is closed.
        </span>
      </li>
      <li>
        <Icon name="play" />
        <span>
          <b>Simulator.</b> What happens when many clients lose their connections at once.{" "}
          <button
            class="link"
            data-testid="open-simulator"
            onClick={() => {
              panel.tab.value = "simulator";
            }}
          >
            Open
          </button>
        </span>
      </li>
      <li>
        <Icon name="file" />
        <span>
          <b>Recordings from others.</b> Drop a recording file anywhere on this panel.
        </span>
      </li>
    </ul>
  );
}

/** Earlier recordings of this tab, after a reload or navigation. */
function Earlier() {
  const panel = usePanel();
  const shown = panel.shown.value?.id;
  const before = panel.recordings.value.find(
    (one) => panel.isOfThisTab(one) && one.id !== shown && one.hubs > 0,
  );
  if (!before) return null;
  return (
    <li>
      <Icon name="record" />
      <span>
        <b>Previous page.</b> {nameOf(before)} was recorded until {clock(before.lastAt)}.{" "}
        <button
          class="link"
          onClick={() => {
            panel.show(before.id);
          }}
        >
          Show{" "}
        </button>
      </span>
    </li>
  );
}

const Watched = ({ ok, word, figure, off }: { ok: boolean; word: string; figure: string; off: string }) => (
  <li>
    <span class={ok ? "sev good" : "sev none"}>
      <Icon name={ok ? "tick" : "none"} />
    </span>
    <span>{word}</span>
    <span class={ok ? "" : "dim"}>{ok ? figure : off}</span>
  </li>
);
