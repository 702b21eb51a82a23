/** OTLP files, read as protobuf JSON by the messages of OpenTelemetry's own definition. */
import root from "@opentelemetry/otlp-transformer/build/src/generated/root.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogsRequest, MetricsRequest, Span, TracesRequest } from "../../../extension/otlp/types.ts";
import type { PagePiece } from "../../../extension/export/recording-source.ts";
import { script, START } from "../core/event-script.ts";
import { anyRecording, keptRecordings, pageOf, written } from "./written.ts";

/** A message of the definition, as protobufjs makes it. */
interface Message {
  fromObject(value: unknown): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: object): unknown;
}
type Service = Readonly<Record<"v1", Readonly<Record<string, Message>>>>;
const { trace, logs, metrics } = (
  root as unknown as {
    readonly opentelemetry: { readonly proto: { readonly collector: Readonly<Record<string, Service>> } };
  }
).opentelemetry.proto.collector;
const MESSAGES = {
  "traces.otlp.jsonl": trace?.v1["ExportTraceServiceRequest"],
  "logs.otlp.jsonl": logs?.v1["ExportLogsServiceRequest"],
  "metrics.otlp.jsonl": metrics?.v1["ExportMetricsServiceRequest"],
} as const;
type OtlpKind = keyof typeof MESSAGES;
const KINDS = Object.keys(MESSAGES) as OtlpKind[];

/** An empty list is none in protobuf. */
const withoutEmpty = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => (Array.isArray(one) && one.length === 0 ? undefined : one)),
  );

/** Each line, after it was read by the definition and written by it again: what isn't known there is lost, and found by the comparison. */
async function linesOf(kind: OtlpKind, pieces: readonly PagePiece[]): Promise<readonly unknown[]> {
  const text = await written(kind, pieces);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const read: unknown = JSON.parse(line);
      const message = MESSAGES[kind];
      if (!message) throw new Error(`no definition for ${kind}`);
      const encoded = message.encode(message.fromObject(read)).finish();
      const again = message.toObject(message.decode(encoded), { longs: String, bytes: String });
      expect(again).toEqual(withoutEmpty(read));
      return read;
    });
}

async function spansOf(pieces: readonly PagePiece[]): Promise<readonly Span[]> {
  const lines = (await linesOf("traces.otlp.jsonl", pieces)) as readonly TracesRequest[];
  const spans = lines.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );
  for (const { traceId, spanId, parentSpanId, startTimeUnixNano, endTimeUnixNano } of spans) {
    expect(traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    for (const id of [spanId, ...(parentSpanId === undefined ? [] : [parentSpanId])])
      expect(id).toMatch(/^(?!0+$)[0-9a-f]{16}$/);
    expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
  }
  return spans;
}

const valuesOf = ({ attributes }: Pick<Span, "attributes">): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

const broken = script()
  .connected()
  .at(1_000)
  .message({
    socket: 1,
    direction: "out",
    type: 1,
    target: "Say",
    invocationId: "1",
    payload: '{"secret":"of a payload"}',
  })
  .at(1_250)
  .message({ socket: 1, direction: "in", type: 3, invocationId: "1" })
  .message({
    socket: 1,
    direction: "out",
    type: 1,
    target: "Traced",
    invocationId: "2",
    payload: `{"type":1,"headers":{"traceparent":"${PARENT}"},"target":"Traced","arguments":["of a payload"]}`,
  })
  .at(2_000)
  .closed(1)
  .add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006 (no reason given)." })
  .state("Connected", "Reconnecting")
  .add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 })
  .negotiateFails(7, 503, "Service Unavailable")
  .add({ kind: "retry", hub: 1, previousRetryCount: 1, elapsed: 10, delay: 2_000 })
  .at(5_000)
  .negotiate(2, "id-2")
  .socket(2, 2)
  .state("Reconnecting", "Connected", "id-2").events;

describe("OTLP files", () => {
  it("tell a connection, its loss, attempts and calls as spans, by the semantic conventions", async () => {
    const spans = await spansOf([pageOf(broken)]);
    const named = (name: string): Span => {
      const [found, ...others] = spans.filter((span) => span.name === name);
      if (!found || others.length > 0) throw new Error(`${name}: ${spans.map((span) => span.name).join()}`);
      return found;
    };
    const [first, second] = spans.filter(({ name }) => name === "connection /hubs/board");
    const down = named("interruption /hubs/board");
    expect(valuesOf(first ?? down)).toMatchObject({
      "signalr.transport": "web_sockets",
      "server.address": "board.example",
      "server.port": "443",
      "url.full": "wss://board.example/hubs/board?id=…",
      "hubscope.connection_id": "id-1",
      "hubscope.close_code": "1006",
    });
    expect(down).toMatchObject({ traceId: first?.traceId, parentSpanId: first?.spanId, status: { code: 0 } });
    expect(down.startTimeUnixNano).toBe(`${START + 2_000}000000`);
    expect(down.endTimeUnixNano).toBe(`${START + 5_000}000000`);
    expect(valuesOf(down)).toMatchObject({
      "hubscope.cause": "server-gone",
      "hubscope.outcome": "reconnected",
    });
    expect(second?.links).toEqual([{ traceId: down.traceId, spanId: down.spanId }]);
    const failed = spans.find((span) => valuesOf(span)["http.response.status_code"] === "503");
    const attempt = spans.find(({ spanId }) => spanId === failed?.parentSpanId);
    expect(attempt?.parentSpanId).toBe(down.spanId);
    expect(failed).toMatchObject({ kind: 3, status: { code: 2, message: "Service Unavailable" } });
    expect(named("hubs/board/Say")).toMatchObject({
      traceId: first?.traceId,
      parentSpanId: first?.spanId,
      kind: 3,
    });
    expect(valuesOf(named("hubs/board/Say"))).toMatchObject({ "rpc.system": "signalr", "rpc.method": "Say" });
  });

  it("put a call into the trace that it carries in its headers, in either protocol", async () => {
    const traced = (await spansOf([pageOf(broken)])).find(({ name }) => name === "hubs/board/Traced");
    expect(traced).toMatchObject({ traceId: PARENT.slice(3, 35), parentSpanId: PARENT.slice(36, 52) });
    const header = Buffer.concat([
      Buffer.from([0xab]),
      Buffer.from("traceparent"),
      Buffer.from([0xd9, 55]),
      Buffer.from(PARENT),
    ]);
    const binary = Buffer.concat([
      Buffer.from([0x95, 1, 0x81]),
      header,
      Buffer.from([0xa1, 0x33, 0xa1, 0x4d, 0x90]),
    ]);
    const events = script()
      .connected()
      .message({
        socket: 1,
        direction: "out",
        type: 1,
        target: "M",
        invocationId: "3",
        binary: binary.toString("base64"),
      }).events;
    const call = (await spansOf([pageOf(events)])).find(({ name }) => name === "hubs/board/M");
    expect(call).toMatchObject({ traceId: PARENT.slice(3, 35), parentSpanId: PARENT.slice(36, 52) });
  });

  it("never have a payload", async () => {
    for (const kind of KINDS) expect(await written(kind, [pageOf(broken)])).not.toContain("of a payload");
  });

  it("have the same ids each time, and no id twice", async () => {
    const once = await written("traces.otlp.jsonl", [pageOf(broken)]);
    expect(await written("traces.otlp.jsonl", [pageOf(broken)])).toBe(once);
    const ids = (await spansOf([pageOf(broken)])).map(({ spanId }) => spanId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("tell an interruption as a log record, with its evidence, in the trace of its span", async () => {
    const [line] = (await linesOf("logs.otlp.jsonl", [pageOf(broken)])) as readonly LogsRequest[];
    const records = line?.resourceLogs[0]?.scopeLogs[0]?.logRecords ?? [];
    const one = records.find(({ eventName }) => eventName === "hubscope.interruption");
    const span = (await spansOf([pageOf(broken)])).find(({ name }) => name.startsWith("interruption"));
    expect(one).toMatchObject({ severityNumber: 13, traceId: span?.traceId, spanId: span?.spanId });
    expect(one?.body).toMatchObject({
      stringValue: expect.stringContaining("could not be reached") as string,
    });
  });

  it("count messages, interruptions by cause, and recovery times", async () => {
    const [line] = (await linesOf("metrics.otlp.jsonl", [pageOf(broken)])) as readonly MetricsRequest[];
    const found = line?.resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
    const metric = (name: string) => found.find((one) => one.name === name);
    expect(metric("hubscope.messages")?.sum?.dataPoints.map(({ asInt }) => asInt)).toEqual(["1", "2"]);
    expect(metric("hubscope.interruptions")?.sum?.dataPoints).toMatchObject([{ asInt: "1" }]);
    expect(metric("hubscope.recovery.duration")?.histogram?.dataPoints).toMatchObject([
      { count: "1", sum: 3 },
    ]);
    expect(metric("hubscope.call.duration")?.histogram?.dataPoints).toMatchObject([
      { count: "1", sum: 0.25 },
    ]);
  });

  it("have no line with more than 512 spans", async () => {
    const events = script().connected();
    for (let i = 0; i < 1_500; i++)
      events.message({ socket: 1, direction: "out", type: 1, target: "M", invocationId: String(i) });
    const lines = (await linesOf("traces.otlp.jsonl", [pageOf(events.events)])) as readonly TracesRequest[];
    const sizes = lines.map(({ resourceSpans }) => resourceSpans[0]?.scopeSpans[0]?.spans.length ?? 0);
    expect(Math.max(...sizes)).toBe(512);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(1_500);
  });

  it.each(keptRecordings())("can be read: %s", async (_name, pieces) => {
    await spansOf(pieces);
    for (const kind of KINDS)
      expect(JSON.stringify(await linesOf(kind, pieces))).not.toMatch(/\bundefined\b|\bNaN\b|\[object/);
  });

  it("can be read, whatever was recorded", async () => {
    await fc.assert(
      fc.asyncProperty(anyRecording, async (pieces) => {
        await spansOf(pieces);
        for (const kind of KINDS) await linesOf(kind, pieces);
      }),
      { numRuns: 60 },
    );
  });
});
