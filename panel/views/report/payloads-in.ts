import type { EventTable } from "../../../extension/core/columns/event-table.ts";
import type { Bytes } from "../../../extension/core/units.ts";

/** How many events carry the text of a message, and how much of it. */
export function payloadsIn(events: EventTable): { readonly count: number; readonly size: Bytes } {
  let count = 0;
  let size = 0;
  for (let row = 0; row < events.length; row++) {
    const own = events.payloadSizeOf(row);
    if (own === 0) continue;
    count++;
    size += own;
  }
  return { count, size };
}
