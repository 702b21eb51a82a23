/** All events of a recording in order of time, across its pages. */
import { firstIndex } from "../../extension/core/first-index.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import type { PageId } from "../../extension/core/ids.ts";

export interface LogRow {
  readonly page: PageId;
  readonly event: RecordedEvent;
}

/** How many rows to step back for a late row, before sorting everything is cheaper. */
const WALK = 256;

/** Inserts `added` into `rows`, in order of time; rows with equal times keep their order of arrival. */
export function insertInOrder(rows: LogRow[], added: readonly LogRow[]): void {
  let sorted = true;
  for (const row of added) {
    let at = rows.length;
    if (sorted) {
      while (at > 0 && rows.length - at < WALK && (rows[at - 1] as LogRow).event.t > row.event.t) at--;
      if (at > 0 && (rows[at - 1] as LogRow).event.t > row.event.t) {
        sorted = false;
        at = rows.length;
      }
    }
    if (at === rows.length) rows.push(row);
    else rows.splice(at, 0, row);
  }
  if (!sorted) rows.sort((a, b) => a.event.t - b.event.t);
}

/** Index of the first row at or after `t`. */
export const rowAt = (rows: readonly LogRow[], t: number): number =>
  firstIndex(rows.length, (index) => (rows[index] as LogRow).event.t < t);
