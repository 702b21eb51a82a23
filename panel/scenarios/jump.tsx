import { usePanel, type PanelState } from "../state/panel-state.ts";
import { clock } from "../ui/format.ts";

/** Unfolds the timeline under this tab and shows that time there. */
export function showAt(panel: PanelState, from: number, until = from): void {
  panel.timelineOpen.value = { ...panel.timelineOpen.peek(), scenarios: true };
  panel.view.reveal(from, until);
  panel.view.cursor.value = from;
}

/** A time that leads to the timeline; plain where the recording on show doesn't have it. */
export function At({ t }: { t: number }) {
  const panel = usePanel();
  const { from, to } = panel.view.extent.value;
  if (t < from || t > to) return <span class="time-of dim">{clock(t, 1)}</span>;
  return (
    <button
      class="link time"
      title="Show on the timeline"
      onClick={() => {
        showAt(panel, t);
      }}
    >
      {clock(t, 1)}
    </button>
  );
}
