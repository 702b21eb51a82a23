/** What the panel should count in a recording: so the bench knows when it is complete, and that a filter has found all. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { FILTERED_TARGET, NEEDLE } from "./traffic.ts";

const INVOCATION = 1;

export interface Totals {
  /** Hub messages, those in counted seconds included. */
  messages: number;
  /** Those that the filters of the bench find. */
  invocations: number;
  ofTarget: number;
  withNeedle: number;
  interruptions: number;
}

export function createTotals(): { readonly totals: Totals; readonly add: (event: RecordedEvent) => void } {
  const totals: Totals = { messages: 0, invocations: 0, ofTarget: 0, withNeedle: 0, interruptions: 0 };
  return {
    totals,
    add(event) {
      if (event.kind === "message") {
        totals.messages++;
        if (event.type === INVOCATION) totals.invocations++;
        if (event.target === FILTERED_TARGET) totals.ofTarget++;
        if (event.payload?.includes(NEEDLE)) totals.withNeedle++;
      } else if (event.kind === "counts")
        for (const { type, count } of event.counts) {
          totals.messages += count;
          if (type === INVOCATION) totals.invocations += count;
        }
      else if (event.kind === "hub-lost") totals.interruptions++;
    },
  };
}
