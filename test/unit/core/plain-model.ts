import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { WritableMessageRows } from "../../../extension/core/model/message-rows.ts";
import type { HubConnectionModel, RecordingModel } from "../../../extension/core/model/types.ts";
import { judged } from "./judged.ts";

/** Internal fields of the reducer. They contain circular references and are not part of the model. */
const INTERNAL = new Set(["lane", "loss", "attempt"]);

/** The model as plain data, each interruption with its verdict, for comparisons. */
export const plain = (model: RecordingModel): unknown =>
  JSON.parse(
    JSON.stringify({ ...model, hubs: model.hubs.map(withVerdicts) }, (key, value: unknown) =>
      INTERNAL.has(key) || key === "version"
        ? undefined
        : value instanceof WritableMessageRows
          ? [...value]
          : value,
    ),
  );

const withVerdicts = (hub: HubConnectionModel) => ({
  ...hub,
  interruptions: hub.interruptions.map(judged),
  failedStarts: hub.failedStarts.map(judged),
});

/** Reduces batch by batch, and reads every verdict after each batch: reading must not change anything. */
export function reduceBatches(batches: readonly (readonly RecordedEvent[])[]): RecordingModel {
  const reducer = createReducer();
  for (const batch of batches) {
    reducer.apply("p", batch);
    for (const hub of reducer.model.hubs)
      for (const downtime of [...hub.interruptions, ...hub.failedStarts])
        if (verdictOf(downtime).title === "") throw new Error("A verdict without a title.");
  }
  return reducer.model;
}

/** Splits events into batches of this length. */
export function inBatches(events: readonly RecordedEvent[], length: number): RecordedEvent[][] {
  const batches: RecordedEvent[][] = [];
  for (let i = 0; i < events.length; i += length) batches.push(events.slice(i, i + length));
  return batches;
}
