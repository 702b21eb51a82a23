import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { PanelState } from "./panel-state.ts";

export interface Place {
  readonly from: EpochMilliseconds;
  readonly until?: EpochMilliseconds;
  /** Key of its connection; absent: none, or the selected one. */
  readonly hubKey?: string | null;
}

/** Opens the timeline if it is collapsed, and shows that time and connection there. */
export function showOnTimeline(panel: PanelState, { from, until = from, hubKey }: Place): void {
  const { timelineOpen, tab, view, selection } = panel;
  timelineOpen.value = { ...timelineOpen.peek(), [tab.peek()]: true };
  view.reveal(from, until);
  view.cursor.value = from;
  if (hubKey != null) selection.brought.value = { hubKey };
}
