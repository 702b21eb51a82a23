/** The popup of the toolbar button: the page's connections, the way to the panel, and the site's recording settings. */
import { render } from "preact";
import browser from "webextension-polyfill";
import type { Settings } from "../core/settings.ts";
import { readableSite } from "../core/punycode.ts";
import { bytes, counted } from "../core/text/format.ts";
import { openStore, type Store } from "../store/store.ts";
import { whyNotRunning } from "../core/text/site-words.ts";
import { headline } from "./headline.ts";
import { OpenHubscope, ShowRecordings } from "./open-hubscope.tsx";
import { loadSite, type Site } from "./site.ts";
import { Where } from "./where.tsx";
import "./popup.css";

interface PopupProps {
  readonly site: Site;
  readonly settings: Settings;
  /** Changes the settings as they are stored at that time: a panel may have changed them. */
  readonly change: (change: (now: Settings) => Partial<Settings>) => void;
}

function Popup({ site, settings, change }: PopupProps) {
  const { origin } = site;
  const runs = site.state === "running";
  const head = runs
    ? headline(site, settings)
    : { text: whyNotRunning(site.state, site.site, settings.sites, site.firefox).title, live: false };
  const payloads = origin !== null && settings.payloadSites.includes(origin);
  const setPayloads = (on: boolean): void => {
    if (origin === null) return;
    change((now) => {
      const others = now.payloadSites.filter((other) => other !== origin);
      return { payloadSites: on ? [...others, origin] : others };
    });
  };
  return (
    <main>
      <header>
        <h1 class={head.live ? "live" : ""} data-testid="popup-connections">
          {head.text}
        </h1>
        {site.state !== "running" && (
          <p>{whyNotRunning(site.state, site.site, settings.sites, site.firefox).text}</p>
        )}
        {site.tabId !== undefined && <OpenHubscope tabId={site.tabId} />}
      </header>
      {origin !== null && (
        <section>
          <b>{site.site === null ? origin.replace(/^https?:\/\//, "") : readableSite(site.site)}</b>
          <p data-testid="popup-recorded">
            {recordedText(site)} {site.tabId !== undefined && <ShowRecordings tabId={site.tabId} />}
          </p>
          {runs && (
            <p>
              {settings.recording
                ? payloads
                  ? "Recorded: connections, and messages with payloads."
                  : "Recorded: connections, and messages without payloads unless the panel is open."
                : "Nothing new is recorded."}{" "}
              Tokens are never recorded.
            </p>
          )}
        </section>
      )}
      <Where site={site} sites={settings.sites} change={change} />
      <section>
        <label>
          <input
            type="checkbox"
            data-testid="popup-record"
            checked={settings.recording}
            onChange={(event) => {
              const recording = event.currentTarget.checked;
              change(() => ({ recording }));
            }}
          />
          Record SignalR connections
          <small>Wherever Hubscope runs, also while DevTools is closed. Data stays on this computer.</small>
        </label>
        {origin !== null && runs && (
          <label>
            <input
              type="checkbox"
              data-testid="popup-payloads"
              checked={payloads}
              onChange={(event) => {
                setPayloads(event.currentTarget.checked);
              }}
            />
            Payloads on this site
            <small>Also while the panel is closed.</small>
          </label>
        )}
      </section>
    </main>
  );
}

function recordedText({ recordings, bytes: size }: Site): string {
  if (recordings === 0) return "Nothing is recorded for this site.";
  return `${counted(recordings, "recording")}, ${size < 1_000 ? "less than 1 kB" : `about ${roughly(size)}`}.`;
}

/** Exact bytes say nothing about the space on the disk. */
const roughly = (size: number): string => (size < 10_000 ? `${Math.round(size / 1_000)} kB` : bytes(size));

async function show(store: Store): Promise<void> {
  const settings = await store.settings();
  const site = await loadSite(store);
  const change: PopupProps["change"] = (change) => {
    void store
      .changeSettings((now) => ({ ...now, ...change(now) }))
      .then(() => browser.runtime.sendMessage({ to: "background", type: "settings-changed" }))
      .then(() => show(store));
  };
  render(<Popup site={site} settings={settings} change={change} />, document.body);
}

void show(openStore());
