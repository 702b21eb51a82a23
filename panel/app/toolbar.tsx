import { BreakMenu } from "./break-menu.tsx";
import { lazyImport } from "../state/lazy-import.ts";
import { FilterBox } from "./filter-box.tsx";
import { usePanel } from "../state/panel-state.ts";
import { counted, whole } from "../../extension/core/text/format.ts";
import { Icon } from "../content/icon.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { lazy } from "../components/lazy.tsx";
import { MenuButton } from "../components/menu-button.tsx";
import { Reading } from "../components/reading-progress.tsx";
import { RecordingPicker } from "./recording-picker.tsx";
import { SettingsButton } from "./settings-button.tsx";
import { cutWords } from "../../extension/wording/words.ts";

const NotRecorded = lazy(async () => (await import("./deferred-panes.ts")).NotRecorded);
const MoreItems = lazy(async () => (await import("./deferred-panes.ts")).MoreItems);
const clearing = lazyImport(async () => (await import("./deferred-panes.ts")).clearShown);
const suspend = lazyImport(async () => (await import("./deferred-panes.ts")).suspendTab);

/** Below this width labels are short. */
const SHORT = 960;
/** Below this width only the most used buttons are shown; the others are in a menu. */
const NARROW = 520;

export function Toolbar({ width }: { width: number }) {
  const panel = usePanel();
  const { recording } = panel.settings.value;
  const reason = panel.cantBreak.value;
  const narrow = width > 0 && width <= NARROW;
  return (
    <div class="toolbar" role="toolbar" aria-label="Hubscope">
      <button
        class={recording ? "tool recording" : "tool"}
        aria-pressed={recording}
        title={recording ? "Stop recording" : "Record"}
        aria-label={recording ? "Stop recording" : "Record"}
        data-testid="record"
        onClick={() => {
          void panel.changeSettings({ recording: !recording });
        }}
      >
        <Icon name="record" />
      </button>
      <button
        class="tool"
        title="Clear"
        aria-label="Clear"
        data-testid="clear"
        onClick={() => {
          void clearing().then((run) => {
            run(panel);
          });
        }}
      >
        <Icon name="clear" />
      </button>
      <span class="sep" />
      <RecordingPicker />
      <FilterBox short={width <= SHORT} />
      <BreakMenu reason={reason} />
      {narrow ? (
        <MenuButton class="tool" label="More" opens="menu" testId="more-menu" float={MoreItems}>
          <Icon name="more" />
        </MenuButton>
      ) : (
        <>
          <button
            class="btn ghost"
            disabled={reason !== null}
            title={reason ?? "Suspend the tab for 70 s, as browsers do with hidden tabs"}
            aria-label="Suspend the tab"
            data-testid="suspend"
            onClick={() => {
              void suspend().then((run) => run(panel));
            }}
          >
            <Icon name="moon" />
            <span>Suspend</span>
          </button>
          <span class="sep" />
          <ExportMenu />
          <SettingsButton />
        </>
      )}
      <Counters />
    </div>
  );
}

function Counters() {
  const panel = usePanel();
  const recording = panel.loaded.value;
  const model = recording && recording.version.value > 0 ? recording.model : null;
  if (panel.reading.value !== null)
    return (
      <div class="counters">
        <Reading />
      </div>
    );
  const hubs = panel.cleared.hubs.value.length;
  const messages = panel.cleared.messages.value;
  return (
    <div
      class="counters"
      data-testid="counters"
      data-hubs={hubs}
      data-messages={messages}
      data-dropped={model?.dropped ?? 0}
    >
      <span>
        <b>{hubs}</b> {hubs === 1 ? "connection" : "connections"}
      </span>
      {model?.pages.some(({ workers, legacy }) => workers.length + legacy.length > 0) && (
        <NotRecorded pages={model.pages} />
      )}
      {model && (
        <>
          <span>
            <b>{whole(messages)}</b> {messages === 1 ? "message" : "messages"}
          </span>
          <span
            class={model.dropped > 0 || model.cut > 0 ? "lossy" : ""}
            title={[
              model.dropped > 0
                ? `${counted(model.dropped, "event")} dropped: buffer full`
                : "No dropped events",
              ...(model.cut > 0 ? [cutWords(model.cut)] : []),
            ].join(". ")}
          >
            <b>{whole(model.dropped)}</b> dropped
          </span>
        </>
      )}
    </div>
  );
}
