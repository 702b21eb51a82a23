import { useRef } from "preact/hooks";
import { clock } from "../../extension/core/text/format.ts";
import type { Ending } from "../state/is-over.ts";
import { usePanel } from "../state/panel-state.ts";
import { nameOf } from "../state/recordings.ts";
import { Icon } from "../content/icon.tsx";
import { cancelledByEscape, useCancelKey, useKeptFocus } from "./notice-keys.ts";
import { LeftPage, SwitchedOff } from "./where-it-runs.tsx";

/** Errors and progress, and the banner of a recording that can't be changed. */
export function Notices() {
  const panel = usePanel();
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box);
  useCancelKey(panel.notices);
  const cancellable = cancelledByEscape(panel.notices.list.value);
  const shown = panel.shown.value;
  const loaded = panel.loaded.value;
  const ending = shown !== null && shown.id === panel.ending.value?.recording ? panel.ending.value : null;
  const loading =
    loaded !== null && loaded.progress.value < 1 && (shown?.events ?? 0) > 20_000
      ? loaded.progress.value
      : null;
  return (
    <div class="notices" ref={box} role="status" aria-live="polite">
      {shown?.imported != null && (
        <div class="notice note" data-testid="imported-banner">
          <Icon name="file" />
          <span class="ellip">
            <b>{nameOf(shown)}</b> is a recording from a file, from {clock(shown.startedAt)}. It is read-only.
          </span>
          <span class="grow" />
          <BackToLive />
        </div>
      )}
      {ending && (
        <div class="notice note" data-testid={ending.why === "left" ? "left-banner" : "ended-banner"}>
          <Icon name="note" />
          {ending.why === "switched-off" && panel.settings.value.recording ? (
            <SwitchedOff at={ending.at} />
          ) : ending.why === "left" ? (
            <LeftPage at={ending.at} />
          ) : (
            <span class="ellip">{endingWords(ending.why, clock(ending.at))}</span>
          )}
        </div>
      )}
      {shown !== null && shown.imported === null && !panel.isLive.value && !ending && (
        <div class="notice note" data-testid="earlier-banner">
          <Icon name="note" />
          <span class="ellip">
            An earlier recording, from {clock(shown.startedAt)} to {clock(shown.lastAt)}.
          </span>
          <span class="grow" />
          <BackToLive />
        </div>
      )}
      {loading !== null && (
        <div class="notice note">
          <Icon name="note" />
          <span>Reading the recording…</span>
          <Bar share={loading} />
        </div>
      )}
      {panel.notices.list.value.map((notice) => (
        <div key={notice.id} class={`notice ${notice.tone}`} data-testid={`notice-${notice.tone}`}>
          <Icon name={notice.tone === "bad" ? "bad" : notice.tone === "warn" ? "warn" : "note"} />
          <span class="ellip" title={notice.text}>
            {notice.text}
          </span>
          {notice.progress !== undefined && <Bar share={notice.progress} />}
          <span class="grow" />
          {notice.action && (
            <button
              class="link"
              aria-keyshortcuts={notice === cancellable ? "Escape" : undefined}
              onClick={notice.action.run}
            >
              {notice.action.label}
            </button>
          )}
          {notice === cancellable && <kbd aria-hidden="true">Esc</kbd>}
          {notice.progress === undefined && (
            <button
              class="mini"
              aria-label="Dismiss"
              onClick={() => {
                panel.notices.dismiss(notice.id);
              }}
            >
              <Icon name="close" />
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

/** Why the recording ended, and what follows. */
function endingWords(why: Exclude<Ending["why"], "left">, at: string): string {
  switch (why) {
    case "switched-off":
      return `Recording was turned off at ${at}. Turn it on with the red button above to start a new recording.`;
    case "probe-switched":
      return `The client probe was turned on or off at ${at}, which ended this recording. The next recording of this page appears here.`;
    case "tab-closed":
      return `The tab was closed. This window shows what was recorded until ${at}; it is in the list of recordings, too.`;
    case "unreachable":
      return `The page can't be reached since ${at}: it crashed, or ended without notice. Reload the tab; its next page appears here once it uses SignalR.`;
    case "discarded":
      return `The browser discarded this tab to save memory: nothing was recorded after ${at}. Go to the tab to load it again; its next page appears here once it uses SignalR.`;
    case "too-large":
      return `This recording became too large and ended at ${at}. The next recording of this page appears here.`;
  }
}

function BackToLive() {
  const panel = usePanel();
  if (!panel.live.value) return null;
  return (
    <button
      class="link"
      onClick={() => {
        panel.show(null);
      }}
    >
      Back to live recording
    </button>
  );
}

const Bar = ({ share }: { share: number }) => (
  <span
    class="bar"
    role="progressbar"
    aria-valuenow={Math.round(share * 100)}
    aria-valuemin={0}
    aria-valuemax={100}
  >
    <i style={{ width: `${share * 100}%` }} />
  </span>
);
