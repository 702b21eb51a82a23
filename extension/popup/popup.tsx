/** The toolbar button's popup: what this page has, where the panel is, what is recorded for this site, and its switches. */
import { render } from "preact";
import browser from "webextension-polyfill";
import type { Settings } from "../core/settings.ts";
import { bytes, counted } from "../core/text/format.ts";
import { openStore, type Store } from "../store/store.ts";
import { headline } from "./headline.ts";
import { loadSite, type Site } from "./site.ts";
import "./popup.css";

interface PopupProps {
  readonly site: Site;
  readonly settings: Settings;
  /** Makes a change to what is stored by then: a panel may have changed it. */
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
        <p>
          {origin === undefined
            ? "Hubscope does not run on this page. Browsers keep extensions out of their own pages and stores."
            : !settings.recording
              ? "Switch it on below, then see them in DevTools: press "
              : site.connections > 0 || site.recordings > 0
                ? "See them in DevTools: press "
                : "Open DevTools to see one appear: press "}
          {origin !== undefined && (
            <>
              <kbd>F12</kbd>, then choose <b>SignalR</b>.
            </>
          )}
        </p>
      </header>
      {origin !== undefined && (
        <section>
          <b>{origin.replace(/^https?:\/\//, "")}</b>
          <p data-testid="popup-recorded">{recordedText(site)}</p>
          <p>
            {settings.recording
              ? payloads
                ? "Recorded: lifecycle of connections, and messages with their payloads."
                : "Recorded: lifecycle of connections, and messages without their payloads unless the panel is open."
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
          <small>On every site, also while DevTools is closed. Stays on this computer.</small>
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
            <small>Record what messages say also while the panel is closed.</small>
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
