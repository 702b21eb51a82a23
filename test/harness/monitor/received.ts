/** What a collector got, read by OpenTelemetry's own definition: a message that isn't in it fails, and so does a field. */
import root from "@opentelemetry/otlp-transformer/build/src/generated/root.js";
import { expect } from "vitest";
import type { KeyValue, Metric, MetricsRequest, Span, TracesRequest } from "../../../extension/otlp/types.ts";
import type { Received } from "./collector.ts";

/** A message of the definition, as protobufjs makes it. */
interface Message {
  fromObject(value: unknown): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: object): unknown;
}
type Service = Readonly<Record<"v1", Readonly<Record<string, Message>>>>;
const { trace, metrics } = (
  root as unknown as {
    readonly opentelemetry: { readonly proto: { readonly collector: Readonly<Record<string, Service>> } };
  }
).opentelemetry.proto.collector;

/** Reads and writes it by the definition: what that doesn't know is lost, and found by the comparison. */
function checked(message: Message | undefined, text: string): unknown {
  if (!message) throw new Error("no definition");
  const read: unknown = JSON.parse(text);
  const encoded = message.encode(message.fromObject(read)).finish();
  expect(message.toObject(message.decode(encoded), { longs: String, bytes: String })).toEqual(read);
  return read;
}

export const spansIn = (received: readonly Received[]): Span[] =>
  received
    .filter(({ path }) => path === "/v1/traces")
    .map(({ text }) => checked(trace?.v1["ExportTraceServiceRequest"], text) as TracesRequest)
    .flatMap(({ resourceSpans }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans);

export const metricsIn = (received: readonly Received[]): Metric[] =>
  received
    .filter(({ path }) => path === "/v1/metrics")
    .map(({ text }) => checked(metrics?.v1["ExportMetricsServiceRequest"], text) as MetricsRequest)
    .flatMap(({ resourceMetrics }) => resourceMetrics)
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap((scope) => scope.metrics);

export const attributesOf = ({
  attributes,
}: {
  readonly attributes: readonly KeyValue[];
}): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }): [string, unknown] => [key, Object.values(value)[0]]));
