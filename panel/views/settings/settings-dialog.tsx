import { useEffect, useRef, useState } from "preact/hooks";
import { usePanel } from "../../state/panel-state.ts";
import { workerPermission } from "../../state/worker-permission.ts";
import { WindowOrDevtools } from "../../components/window-or-devtools.tsx";
import { Popover } from "../../components/popover.tsx";
import { SitesField } from "./sites-field.tsx";
import { WorkersField } from "./workers-field.tsx";
import type { Floating } from "../../components/use-popover.ts";

export function SettingsDialog(floating: Floating) {
  return (
    <Popover {...floating} role="dialog" label="Settings" class="settings">
      <SettingsForm />
    </Popover>
  );
}

const originOf = (url: string | undefined): string | null => {
  if (url === undefined) return null;
  try {
    const { origin } = new URL(url);
    return origin === "null" ? null : origin;
  } catch {
    return null;
  }
};

const MEGABYTE = 1024 * 1024;
const DAY = 24 * 3_600_000;

function SettingsForm() {
  const panel = usePanel();
  const settings = panel.settings.value;
  const origin = originOf(panel.live.value?.url ?? panel.shown.value?.url);
  const permission = workerPermission();
  useEffect(() => {
    panel.refreshSettings();
  }, [panel]);
  const change = (next: Parameters<typeof panel.changeSettings>[0]): void => {
    void panel.changeSettings(next);
  };
  const setPayloads = (site: string, on: boolean): void => {
    change(({ payloadSites }) => {
      const others = payloadSites.filter((other) => other !== site);
      return { payloadSites: on ? [...others, site] : others };
    });
  };
  const others = settings.payloadSites.filter((site) => site !== origin);
  return (
    <>
      <SitesField />
      <fieldset>
        <legend>Payloads</legend>
        {origin !== null && (
          <label class="check-row">
            <input
              type="checkbox"
              data-testid="settings-payloads"
              checked={settings.payloadSites.includes(origin)}
              onChange={(event) => {
                setPayloads(origin, event.currentTarget.checked);
              }}
            />
            <span>
              Always record payloads of {origin}
              <small>
                Otherwise they are recorded only while this panel is open. Tokens are never recorded.
              </small>
            </span>
          </label>
        )}
        {others.map((site) => (
          <div class="field-row" key={site}>
            <span class="ellip">{site}</span>
            <button
              class="link"
              onClick={() => {
                setPayloads(site, false);
              }}
            >
              Stop
            </button>
          </div>
        ))}
        <Figure
          label="Maximum payload size"
          unit="KB"
          value={settings.payloadCap / 1024}
          min={0}
          max={8192}
          onChange={(kb) => {
            change({ payloadCap: kb * 1024 });
          }}
        />
      </fieldset>
      <fieldset>
        <legend>While the panel is closed</legend>
        <Figure
          label="Only count messages of connections above"
          unit="messages/s"
          value={settings.flightRecorderRate}
          min={1}
          max={100_000}
          onChange={(rate) => {
            change({ flightRecorderRate: rate });
          }}
        />
      </fieldset>
      <fieldset>
        <legend>Keep recordings</legend>
        <Figure
          label="Maximum age"
          unit="days"
          value={settings.maxAge / DAY}
          min={1}
          max={366}
          onChange={(days) => {
            change({ maxAge: days * DAY });
          }}
        />
        <Figure
          label="Maximum total size"
          unit="MB"
          value={settings.maxTotalSize / MEGABYTE}
          min={1}
          max={4096}
          onChange={(size) => {
            change({ maxTotalSize: size * MEGABYTE });
          }}
        />
      </fieldset>
      <fieldset>
        <legend>Client probe</legend>
        <label class="check-row">
          <input
            type="checkbox"
            data-testid="settings-probe"
            checked={settings.probe}
            onChange={(event) => {
              change({ probe: event.currentTarget.checked });
            }}
          />
          <span>
            Detect HubConnection objects
            <small>
              Reports states, timeouts and retry decisions; without it they are inferred from the wire.
              Changing this ends the recording of each open page and starts a new one.
            </small>
          </span>
        </label>
      </fieldset>
      {permission !== null && <WorkersField permission={permission} />}
      {panel.source.place !== "page" && (
        <fieldset>
          <legend>DevTools or a window</legend>
          <p>
            <WindowOrDevtools />
          </p>
        </fieldset>
      )}
    </>
  );
}

interface FigureProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/**
 * A number field with limits; values outside are marked and ignored. A value is applied when the field is left or Enter is
 * pressed: while typing "30" days, "3" would already have removed recordings.
 */
function Figure({ label, unit, value, min, max, onChange }: FigureProps) {
  const shown = String(Math.round(value * 10) / 10);
  const [draft, setDraft] = useState<string | null>(null);
  const wrong = draft !== null && !isWithin(draft, min, max);
  const take = (): void => {
    if (draft !== null && !wrong && draft.trim() !== shown) onChange(Number(draft));
    setDraft(null);
  };
  // A click elsewhere closes the dialog before the field loses the focus.
  const latest = useRef(take);
  latest.current = take;
  useEffect(
    () => () => {
      latest.current();
    },
    [],
  );
  return (
    <label class="field-row">
      <span>
        {label}
        {wrong && (
          <span class="wrong-word">
            {" "}
            {min} to {max.toLocaleString("en-US")}
          </span>
        )}
      </span>
      <span class={wrong ? "input wrong" : "input"}>
        <input
          inputMode="decimal"
          value={draft ?? shown}
          aria-invalid={wrong}
          onInput={(event) => {
            setDraft(event.currentTarget.value);
          }}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
            if (event.key !== "Escape" || draft === null) return;
            // The first Escape restores the value, the next one closes the dialog.
            event.stopPropagation();
            setDraft(null);
          }}
        />
        <span class="unit">{unit}</span>
      </span>
    </label>
  );
}

const isWithin = (text: string, min: number, max: number): boolean =>
  /^\d+(\.\d+)?$/.test(text.trim()) && Number(text) >= min && Number(text) <= max;
