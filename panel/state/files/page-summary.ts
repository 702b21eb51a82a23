/** What the list of recordings shows of a page, added up while its events are read. It keeps no event that the model doesn't need. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { isNeeded } from "../../../extension/core/events/needed-events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";

export interface PageFigures {
  readonly startedAt: EpochMilliseconds;
  readonly lastAt: EpochMilliseconds;
  readonly storedUpTo: number;
  readonly events: number;
  readonly hubs: number;
  readonly interruptions: number;
}

export interface PageSummary {
  /** In order of seq. */
  add(events: readonly RecordedEvent[]): void;
  figures(): PageFigures;
}

export function createPageSummary(): PageSummary {
  const reducer = createReducer();
  let startedAt = Infinity;
  let lastAt = 0;
  let storedUpTo = 0;
  let count = 0;
  return {
    add(events) {
      for (const { seq, t } of events) {
        startedAt = Math.min(startedAt, t);
        lastAt = Math.max(lastAt, t);
        storedUpTo = seq;
      }
      count += events.length;
      reducer.apply("", events.filter(isNeeded));
    },
    figures() {
      const { hubs } = reducer.model;
      return {
        startedAt: count > 0 ? startedAt : 0,
        lastAt,
        storedUpTo,
        events: count,
        hubs: hubs.length,
        interruptions: hubs.reduce((sum, hub) => sum + hub.interruptions.length, 0),
      };
    },
  };
}
