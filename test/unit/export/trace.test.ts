/** Trace events, read by the engine of Chrome's Performance panel. */
import { Processor } from "@paulirish/trace_engine";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PagePiece } from "../../../extension/export/recording-source.ts";
import { script, START } from "../core/event-script.ts";
import { anyRecording, keptRecordings, pageOf, written } from "./written.ts";

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly id?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

async function eventsOf(pieces: readonly PagePiece[]): Promise<readonly TraceEvent[]> {
  const file = JSON.parse(await written("trace.json", pieces)) as { traceEvents: TraceEvent[] };
  for (const { ph, name, pid, tid, ts, dur = 0 } of file.traceEvents) {
    expect(["X", "I", "C", "M", "b", "e"]).toContain(ph);
    expect(name).not.toBe("");
    for (const number of [pid, tid, ts, dur]) expect(Number.isSafeInteger(number) && number >= 0).toBe(true);
  }
  expectApart(file.traceEvents);
  return file.traceEvents;
}

/** Slices of one track neither overlap nor contain each other. */
function expectApart(events: readonly TraceEvent[]): void {
  const ends = new Map<number, number>();
  for (const { ph, tid, ts, dur = 0 } of [...events].sort(
    (a, b) => a.ts - b.ts || (a.dur ?? 0) - (b.dur ?? 0),
  )) {
    if (ph !== "X") continue;
    // Rounded to microseconds.
    expect(ts).toBeGreaterThanOrEqual((ends.get(tid) ?? 0) - 1);
    ends.set(tid, ts + dur);
  }
}

async function inEngine(events: readonly TraceEvent[]) {
  const engine = Processor.TraceProcessor.createWithAllHandlers();
  await engine.parse(events, {});
  if (!engine.data) throw new Error("the engine has no data");
  return engine.data;
}

const sliceNames = (events: readonly TraceEvent[], cat: string): string[] =>
  events.flatMap((event) => (event.cat === cat && event.ph === "X" ? [event.name] : []));
const trackNames = (events: readonly TraceEvent[]): unknown[] =>
  events.flatMap(({ name, args }) => (name === "thread_name" ? [args?.["name"]] : []));

const broken = script()
  .connected()
  .at(1_000)
  .message({
    socket: 1,
    direction: "out",
    type: 1,
    target: "Slow",
    invocationId: "1",
    payload: "secret of a payload",
  })
  .at(1_100)
  .message({ socket: 1, direction: "out", type: 1, target: "Fast", invocationId: "2" })
  .message({ socket: 1, direction: "in", type: 3, invocationId: "2" })
  .at(1_900)
  .message({ socket: 1, direction: "in", type: 3, invocationId: "1" })
  .add({ kind: "visibility", visible: false })
  .at(2_000)
  .closed(1)
  .add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006 (no reason given)." })
  .state("Connected", "Reconnecting")
  .add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 })
  .negotiateFails(7, 503)
  .add({ kind: "retry", hub: 1, previousRetryCount: 1, elapsed: 10, delay: 2_000 })
  .at(5_000)
  .negotiate(2, "id-2")
  .socket(2, 2)
  .state("Reconnecting", "Connected", "id-2").events;

describe("trace events", () => {
  it("have a process for a page, and tracks for its hub", async () => {
    const events = await eventsOf([pageOf(broken)]);
    expect(events.find(({ name }) => name === "process_name")?.args).toEqual({ name: "Page /" });
    expect(trackNames(events)).toEqual([
      "Page",
      "Page: visibility",
      ...[
        "state",
        "interruptions",
        "attempts",
        "negotiates",
        "transports",
        "calls to server",
        "calls to server (2)",
      ].map((name) => `/hubs/board: ${name}`),
      ...["messages to server", "messages to client"].map((name) => `/hubs/board: ${name}`),
    ]);
    expect(sliceNames(events, "state")).toEqual(["Connecting", "Connected", "Reconnecting", "Connected"]);
    expect(sliceNames(events, "call")).toEqual(["Slow", "Fast"]);
    expect(sliceNames(events, "transport")).toEqual(["WebSocket 1", "WebSocket 2"]);
    expect(JSON.stringify(events)).not.toContain("secret of a payload");
  });

  it("tell the cause of an interruption, with its confidence", async () => {
    const events = await eventsOf([pageOf(broken)]);
    const one = events.find(({ cat }) => cat === "interruption");
    expect(one).toMatchObject({
      ts: (START + 2_000) * 1_000,
      dur: 3_000_000,
      args: {
        cause: "server-gone",
        result: "reconnected",
        recoveredAfterMs: 3_000,
        connectionIdAfter: "id-2",
      },
    });
    expect(one?.name).toContain("The server could not be reached");
  });

  it("count messages and bytes of each second, and zero after them", async () => {
    const counters = (await eventsOf([pageOf(broken)])).filter(({ ph }) => ph === "C");
    const second = (name: string) =>
      counters.flatMap((one) => (one.name.endsWith(name) ? [[one.ts / 1_000 - START, one.args]] : []));
    expect(second("messages/s")).toEqual([
      [1_000, { in: 2, out: 2 }],
      [2_000, { in: 0, out: 0 }],
    ]);
    expect(second("bytes/s")[0]).toEqual([1_000, { in: 80, out: 80 }]);
  });

  it("has calls that overlap on tracks of their own, and too many apart from tracks", async () => {
    const events = script().connected();
    for (let i = 0; i < 20; i++)
      events
        .at(1_000 + i)
        .message({ socket: 1, direction: "out", type: 1, target: `M${i}`, invocationId: String(i) });
    for (let i = 0; i < 20; i++)
      events.at(2_000 + i).message({ socket: 1, direction: "in", type: 3, invocationId: String(i) });
    const calls = (await eventsOf([pageOf(events.events)])).filter(({ cat }) => cat === "call");
    expect(calls.filter(({ ph }) => ph === "X")).toHaveLength(16);
    const [begins, ends] = ["b", "e"].map((phase) =>
      calls.filter(({ ph }) => ph === phase).map(({ id }) => id),
    );
    expect(begins).toHaveLength(4);
    expect(new Set(begins)).toEqual(new Set(ends));
  });

  it("are shown by Chrome's Performance panel: its engine has each track, slice and time", async () => {
    const events = await eventsOf([pageOf(broken)]);
    const { Meta, Renderer } = await inEngine(events);
    expect(Meta.traceIsGeneric).toBe(true);
    expect(Meta.traceBounds.min).toBe(START * 1_000);
    const threads = [...(Renderer.processes.get(1)?.threads.values() ?? [])];
    const shown = threads.flatMap(({ entries }) => entries.map(({ name }) => name));
    for (const name of ["Reconnecting", "Slow", "Fast", "WebSocket 2", "Hidden", "Invocation Slow"])
      expect(shown).toContain(name);
    expect(threads.map(({ name }) => name)).toContain("/hubs/board: state");
  });

  it.each(keptRecordings())("can be read: %s", async (_name, pieces) => {
    const events = await eventsOf(pieces);
    expect(JSON.stringify(events)).not.toMatch(/\bundefined\b|\bNaN\b|\[object/);
    const { Meta } = await inEngine(events);
    expect(Meta.traceBounds.max).toBeGreaterThanOrEqual(Meta.traceBounds.min);
  });

  it("can be read, whatever was recorded", async () => {
    await fc.assert(
      fc.asyncProperty(anyRecording, async (pieces) => {
        await inEngine(await eventsOf(pieces));
      }),
      { numRuns: 60 },
    );
  });
});
