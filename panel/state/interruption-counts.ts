/**
 * The number of interruptions in other recordings, counted by the model like those of the current one. The number in the list,
 * counted during recording, is only approximate.
 */
import { signal, type ReadonlySignal } from "@preact/signals";
import { downtimesOf } from "../../extension/core/model/downtimes-of.ts";
import { ownHangs, watchdogs } from "../../extension/core/diagnosis/hangs.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import type { Recording } from "./recordings.ts";
import type { PanelSource } from "./source.ts";

/** Larger ones aren't read just to be counted. */
const MAX_EVENTS = 50_000;

export interface InterruptionCounts {
  readonly counts: ReadonlySignal<ReadonlyMap<string, number>>;
  of(recording: Recording): number | null;
  /** Counts one recording after another, until `stopped` aborts. */
  count(recordings: readonly Recording[], stopped: AbortSignal): Promise<void>;
}

const countIn = (model: RecordingModel): number =>
  model.hubs.reduce((sum, hub) => sum + downtimesOf(hub).length, 0) +
  ownHangs(watchdogs(model, model.to)).length;

export function createInterruptionCounts(source: Pick<PanelSource, "readBlocks">): InterruptionCounts {
  const counts = signal<ReadonlyMap<string, number>>(new Map());
  /** A recording that has grown is counted again. */
  const keyOf = ({ id, events }: Recording): string => `${id} ${events}`;
  return {
    counts,
    of: (recording) => counts.value.get(keyOf(recording)) ?? null,
    async count(recordings, stopped) {
      for (const recording of recordings) {
        if (counts.peek().has(keyOf(recording)) || recording.events > MAX_EVENTS) continue;
        const reducer = createReducer();
        for (const { page } of recording.pages)
          for await (const block of source.readBlocks(page, 0)) {
            if (stopped.aborted) return;
            reducer.apply(page, block);
          }
        counts.value = new Map([...counts.peek(), [keyOf(recording), countIn(reducer.model)]]);
      }
    },
  };
}
