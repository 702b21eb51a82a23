import { payloadSize } from "../../../extension/core/events/payload.ts";
import type { Bytes } from "../../../extension/core/units.ts";
import type { LogRow } from "../../state/event-log.ts";

/** How many events carry the text of a message, and how much of it. */
export function payloadsIn(log: readonly LogRow[]): { readonly count: number; readonly size: Bytes } {
  let count = 0;
  let size = 0;
  for (const { event } of log) {
    const own = payloadSize(event);
    if (own === 0) continue;
    count++;
    size += own;
  }
  return { count, size };
}
