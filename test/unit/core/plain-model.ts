import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reduce.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";

/** What the reducer keeps for itself leads in circles and is not part of the model. */
const INTERNAL = new Set(["lane", "loss", "attempt"]);

/** The model as data, to be compared. */
export const plain = (model: RecordingModel): unknown =>
  JSON.parse(
    JSON.stringify(model, (key, value: unknown) =>
      INTERNAL.has(key) || key === "version" ? undefined : value,
    ),
  );

/** Reduces batch by batch, and looks at every verdict after each: looking must not change anything either. */
export function reduceBatches(batches: readonly (readonly RecordedEvent[])[]): RecordingModel {
  const reducer = createReducer();
  for (const batch of batches) {
    reducer.apply("p", batch);
    for (const hub of reducer.model.hubs)
      for (const { verdict } of [...hub.interruptions, ...hub.failedStarts])
        if (verdict.title === "") throw new Error("A verdict without a title.");
  }
  return reducer.model;
}

/** In pieces of that length. */
export function inBatches(events: readonly RecordedEvent[], length: number): RecordedEvent[][] {
  const batches: RecordedEvent[][] = [];
  for (let i = 0; i < events.length; i += length) batches.push(events.slice(i, i + length));
  return batches;
}
