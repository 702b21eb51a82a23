import { clock } from "./format.ts";
import { usePanel } from "../state/panel-state.ts";
import { nameOf } from "../state/recordings.ts";
import { Icon } from "./icon.tsx";

/** Errors and progress, and the banner of a recording that can't be changed. */
export function Notices() {
  const panel = usePanel();
  const shown = panel.shown.value;
  const loaded = panel.loaded.value;
  const loading =
    loaded !== null && loaded.progress.value < 1 && (shown?.events ?? 0) > 20_000
      ? loaded.progress.value
      : null;
  return (
    <div class="notices" role="status" aria-live="polite">
      {shown?.imported != null && (
        <div class="notice note" data-testid="imported-banner">
          <Icon name="file" />
          <span class="ellip">
            <b>{nameOf(shown)}</b> is a recording from a file, from {clock(shown.startedAt)}. It is read-only:
            nothing can be broken in it.
          </span>
          <span class="grow" />
          <BackToLive />
        </div>
      )}
      {shown !== null && shown.id === panel.left.value && (
        <div class="notice note" data-testid="left-banner">
          <Icon name="note" />
          <span class="ellip">
            The page was left at {clock(loaded?.model.to ?? shown.lastAt)}. The next one in this tab takes its
            place here once it uses SignalR.
          </span>
        </div>
      )}
      {shown !== null && shown.imported === null && !panel.isLive.value && shown.id !== panel.left.value && (
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
            <button class="link" onClick={notice.action.run}>
              {notice.action.label}
            </button>
          )}
          <button
            class="mini"
            aria-label="Dismiss"
            onClick={() => {
              panel.notices.dismiss(notice.id);
            }}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
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
      Back to the live page
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
