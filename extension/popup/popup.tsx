/** The popup of the toolbar button: the page's connections, the way to the panel, and the site's recording settings. */
import { render } from "preact";
import browser from "webextension-polyfill";
import type { Settings } from "../core/settings.ts";
import { bytes, counted } from "../core/text/format.ts";
import { openStore, type Store } from "../store/store.ts";
import { headline } from "./headline.ts";
import { OpenHubscope } from "./open-hubscope.tsx";
import { loadSite, type Site } from "./site.ts";
import "./popup.css";

interface PopupProps {
  readonly site: Site;
  readonly settings: Settings;
  /** Changes the settings as they are stored at that time: a panel may have changed them. */
  readonly change: (change: (now: Settings) => Partial<Settings>) => void;
}

function Popup({ site, settings, change }: PopupProps) {
  const { origin } = site;
  const head = headline(site, settings);
  const payloads = origin !== undefined && settings.payloadSites.includes(origin);
  const setPayloads = (on: boolean): void => {
    if (origin === undefined) return;
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
        {origin === undefined && (
          <p>
            Hubscope can't run on this page. Browsers don't allow extensions on their own pages and stores.
          </p>
        )}
        {site.tabId !== undefined && <OpenHubscope tabId={site.tabId} />}
      </header>
      {origin !== undefined && (
        <section>
          <b>{origin.replace(/^https?:\/\//, "")}</b>
          <p data-testid="popup-recorded">{recordedText(site)}</p>
          <p>
            {settings.recording
              ? payloads
                ? "Recorded: connections, and messages with payloads."
                : "Recorded: connections, and messages without payloads unless the panel is open."
              : "Nothing new is recorded."}{" "}
            Tokens never.
          </p>
        </section>
      )}
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
          <small>On all sites, also while DevTools is closed. Data stays on this computer.</small>
        </label>
        {origin !== undefined && (
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
  return `${counted(recordings, "page recording")}, about ${bytes(size)}.`;
}

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
