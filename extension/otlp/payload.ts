/** A batch as a sender takes it. */
import { requestText } from "./request-text.ts";
import type { Payload } from "./send/payload.ts";
import type { OtlpBatch } from "./types.ts";

export const payloadOf = (batch: OtlpBatch): Payload => ({
  signal: batch.signal,
  records: countOf(batch),
  body: requestText(batch),
  halves: () => halvesOf(batch).map(payloadOf),
});

/** As a collector counts: of metrics the data points. */
function countOf(batch: OtlpBatch): number {
  if (batch.signal !== "metrics") return batch.records.length;
  return batch.records.reduce(
    (count, { sum, histogram }) =>
      count + (sum?.dataPoints.length ?? 0) + (histogram?.dataPoints.length ?? 0),
    0,
  );
}

function halvesOf(batch: OtlpBatch): readonly OtlpBatch[] {
  switch (batch.signal) {
    case "traces":
      return halved(batch.records).map((records) => ({ ...batch, records }));
    case "logs":
      return halved(batch.records).map((records) => ({ ...batch, records }));
    case "metrics":
      return halved(batch.records).map((records) => ({ ...batch, records }));
  }
}

function halved<T>(records: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(records.length / 2);
  return records.length < 2 ? [] : [records.slice(0, middle), records.slice(middle)];
}
