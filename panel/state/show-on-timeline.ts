import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { PanelState } from "./panel-state.ts";

export interface Place {
  readonly from: EpochMilliseconds;
  readonly until?: EpochMilliseconds;
  /** Of the connection that it is about; absent: of none, or of the one that is selected. */
  readonly hubKey?: string | null;
}

/** Opens the timeline above the present tab where it is collapsed, and shows that time and that connection there. */
export function showOnTimeline(panel: PanelState, { from, until = from, hubKey }: Place): void {
  const { timelineOpen, tab, view, selection } = panel;
  timelineOpen.value = { ...timelineOpen.peek(), [tab.peek()]: true };
  view.reveal(from, until);
  view.cursor.value = from;
  if (hubKey != null) selection.brought.value = { hubKey };
}
