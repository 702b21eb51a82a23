import { usePanel } from "../state/panel-state.ts";
import { nameOf } from "../state/recordings.ts";
import { clock } from "../../extension/core/text/format.ts";
import { Icon } from "../content/icon.tsx";
import { lazy } from "../components/lazy.tsx";
import { MenuButton } from "../components/menu-button.tsx";

const RecordingList = lazy(async () => (await import("./deferred-panes.ts")).RecordingList);

/** Shows the current recording and opens the list of all others. */
export function RecordingPicker() {
  const panel = usePanel();
  const shown = panel.shown.value;
  const live = panel.isLive.value;
  const ending = shown?.id === panel.ending.value?.recording ? panel.ending.value : null;
  return (
    <MenuButton
      class="picker"
      opens="dialog"
      testId="recording-picker"
      data={{ "data-live": live, "data-recording": shown?.id }}
      float={RecordingList}
    >
      <span class={live && panel.settings.value.recording ? "live-dot" : "live-dot idle"} />
      <span class="host ellip">{shown ? nameOf(shown) : "This tab"}</span>
      {shown && <span class="dim wide">{clock(shown.startedAt)}</span>}
      {!shown && <span class="dim">{panel.tabClosed.value ? "closed" : "waiting"}</span>}
      {live && <span class="live">live</span>}
      {ending && <span class="dim">{ending.why === "left" ? "left" : "ended"}</span>}
      <Icon name="down" />
    </MenuButton>
  );
}
