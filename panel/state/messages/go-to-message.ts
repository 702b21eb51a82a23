import type { Row } from "../../../extension/core/columns/event-table.ts";
import type { PanelState } from "../panel-state.ts";

/** So many rows before and after that time are looked at. */
const NEAR = 200;

/** Shows and selects the message of that time, or the nearest one. @param hubKey null: of any connection */
export function goToMessage(panel: PanelState, t: number, hubKey: string | null): void {
  const recording = panel.loaded.peek();
  const rows = panel.messages.rows();
  if (!recording || !rows) return;
  const { events } = recording.model;
  const distance = (row: Row): number => Math.abs(events.timeOf(row) - t);
  const start = rows.indexFrom(t);
  let best: Row | null = null;
  for (let i = Math.max(0, start - NEAR); i < Math.min(rows.length, start + NEAR); i++) {
    const row = rows.at(i);
    const { kind } = events.headOf(row);
    if (kind !== "message" && kind !== "counts") continue;
    if (hubKey !== null && panel.messages.context.peek()?.hubOfRow(row)?.key !== hubKey) continue;
    if (best === null || distance(row) < distance(best)) best = row;
  }
  if (best === null) return;
  const found = recording.log.entry(best);
  panel.selection.message.value = found;
  panel.messages.wanted.value = { row: found };
}
