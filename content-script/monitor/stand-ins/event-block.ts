/** In the monitor's build in place of `core/columns/event-block.ts`: a monitor keeps few events, and they need no columns. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";

export interface EventBlock {
  readonly length: number;
  readonly seq: readonly number[];
  readonly events: readonly RecordedEvent[];
}

export const packEvents = (events: readonly RecordedEvent[]): { readonly block: EventBlock } => ({
  block: { length: events.length, seq: events.map(({ seq }) => seq), events },
});
