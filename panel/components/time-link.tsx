import { clock } from "../../extension/core/text/format.ts";
import { usePanel } from "../state/panel-state.ts";
import { showOnTimeline } from "../state/show-on-timeline.ts";

interface Props {
  readonly t: number;
  readonly decimals?: 1 | 3;
  /** Key of the hub connection that the time belongs to, where that isn't the selected one. */
  readonly hubKey?: string | null;
}

/** A time that links to its place in the timeline; plain text where the shown recording doesn't contain it. */
export function TimeLink({ t, decimals = 3, hubKey }: Props) {
  const panel = usePanel();
  const { from, to } = panel.view.extent.value;
  if (t < from || t > to) return <span class="time-of dim">{clock(t, decimals)}</span>;
  const point = (): void => {
    panel.view.cursor.value = t;
  };
  return (
    <button
      class="link time"
      title="Show on the timeline"
      onMouseEnter={point}
      onFocus={point}
      onClick={() => {
        showOnTimeline(panel, { from: t, ...(hubKey === undefined ? {} : { hubKey }) });
      }}
    >
      {clock(t, decimals)}
    </button>
  );
}
