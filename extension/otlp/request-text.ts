/** The JSON of a request. */
import type { LogsRequest, MetricsRequest, OtlpBatch, TracesRequest } from "./types.ts";

function requestOf(batch: OtlpBatch): TracesRequest | LogsRequest | MetricsRequest {
  const { resource, scope } = batch;
  switch (batch.signal) {
    case "traces":
      return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: batch.records }] }] };
    case "logs":
      return { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: batch.records }] }] };
    case "metrics":
      return { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics: batch.records }] }] };
  }
}

/** Half a surrogate pair is a text in JavaScript and in JSON, but not in protobuf. */
export const requestText = (batch: OtlpBatch): string =>
  JSON.stringify(requestOf(batch), (_name, value: unknown) =>
    typeof value === "string" ? value.replaceAll(/\p{Cs}/gu, "\u{fffd}") : value,
  );
