import { usePanel } from "../../state/panel-state.ts";
import { showOnTimeline } from "../../state/show-on-timeline.ts";
import { clock } from "../../../extension/core/text/format.ts";

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
        showOnTimeline(panel, { from: t });
      }}
    >
      {clock(t, 1)}
    </button>
  );
}
