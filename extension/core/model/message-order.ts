/**
 * The order of a hub connection's messages, defined only here: by time, and by seq for equal times. Nearly every row is added
 * at the end. Messages from the flight recorder's ring arrive late: they have the newest seq but belong before later messages.
 * Readers that keep an index into the list must check `lateRows`.
 */
import { firstIndex } from "../first-index.ts";
import type { HubMessage } from "../events/events.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { MessageRow } from "./types.ts";

type Place = Pick<HubMessage, "t" | "seq">;

const compare = (a: Place, b: Place): number => a.t - b.t || a.seq - b.seq;

/** @returns whether it came late: not at the end */
export function insertRow(rows: MessageRow[], row: MessageRow): boolean {
  const last = rows.at(-1);
  if (!last || compare(last.message, row.message) <= 0) {
    rows.push(row);
    return false;
  }
  rows.splice(placeOf(rows, row.message), 0, row);
  return true;
}

/** The row of a message; null: it is not among them. */
export function findRow(rows: readonly MessageRow[], message: Place): MessageRow | null {
  const row = rows[placeOf(rows, message)];
  return row && compare(row.message, message) === 0 ? row : null;
}

/** Index of the first row at or after `t`. */
export const firstRowFrom = (rows: readonly MessageRow[], t: EpochMilliseconds): number =>
  placeOf(rows, { t, seq: -1 });

function placeOf(rows: readonly MessageRow[], wanted: Place): number {
  return firstIndex(rows.length, (index) => {
    const row = rows[index];
    return row !== undefined && compare(row.message, wanted) < 0;
  });
}
