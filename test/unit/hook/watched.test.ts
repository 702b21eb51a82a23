// @vitest-environment happy-dom
/** What is recorded of a busy page while a panel is open: payloads give way first, then messages; all are counted. */
import { later } from "./in-a-page.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { createFlightRecorder } from "../../../content-script/hook/record/flight-recorder.ts";
import { createMessageRecorder } from "../../../content-script/hook/record/message-recorder.ts";
import { createRecorder, type Recorder } from "../../../content-script/hook/record/recorder.ts";
import type { HubMessage, MessageCounts, RecordedEvent } from "../../../extension/core/events/events.ts";
import { CLOSE } from "../../../extension/core/protocol/terms.ts";

const SEPARATOR = "\x1e";
const RATE = 20;
const TICK = JSON.stringify({ type: 1, target: "tick", arguments: [1] });

let sent: RecordedEvent[];
let recorder: Recorder;
let socket = 0;
beforeEach(() => {
  sent = [];
  recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => true });
  recorder.mode = { ...recorder.mode, payloads: true, flightRecorderRate: RATE };
});

const connection = (): ((text: string, fault?: number) => void) => {
  const flight = createFlightRecorder(++socket, recorder);
  const messages = createMessageRecorder(socket, recorder, flight);
  return (text, fault = 0) => {
    messages.record("in", text + SEPARATOR, fault, false);
  };
};
/** So many messages a second, evenly. */
async function flow(hear: (text: string) => void, perSecond: number, seconds: number): Promise<void> {
  for (let ms = 0, heard = 0; ms < seconds * 1_000; ms += 10, await later(10))
    for (; heard < (perSecond * (ms + 10)) / 1_000; heard++) hear(TICK);
  await later(1_500);
}
const rows = (): HubMessage[] => sent.filter((event) => event.kind === "message");
const counts = (): MessageCounts[] => sent.filter((event) => event.kind === "counts");
const withPayload = (): HubMessage[] => rows().filter(({ payload }) => payload !== undefined);
const total = (): number =>
  rows().length + counts().reduce((sum, second) => sum + (second.counts[0]?.count ?? 0), 0);

describe("while a panel is open", () => {
  it("600 messages a second are recorded one by one, with their payloads", async () => {
    await flow(connection(), 600, 5);
    expect(rows()).toHaveLength(3_000);
    expect(withPayload()).toHaveLength(3_000);
    expect(counts()).toEqual([]);
  });

  it("a burst of 1,000 messages is, too", async () => {
    const hear = connection();
    hear(Array<string>(1_000).fill(TICK).join(SEPARATOR));
    await later(1_500);
    expect(withPayload()).toHaveLength(1_000);
    expect(counts()).toEqual([]);
  });

  it("of 900 a second many payloads are left out in time, and marked as such; no message is", async () => {
    await flow(connection(), 900, 10);
    expect(rows()).toHaveLength(9_000);
    expect(withPayload().length).toBeLessThan(8_000);
    for (const { payload, truncated } of rows()) expect(truncated === true).toBe(payload === undefined);
  });

  it("of 1,500 a second some are counted, many at a time", async () => {
    await flow(connection(), 1_500, 5);
    expect(total()).toBe(7_500);
    expect(rows().length).toBeGreaterThan(2_000);
    expect(counts().length).toBeGreaterThan(2);
    expect(counts().length).toBeLessThan(60);
  });

  it("a flood is counted, with some messages of each second as examples, and few numbers", async () => {
    await flow(connection(), 10_000, 5);
    expect(total()).toBe(50_000);
    expect(rows().length).toBeLessThan(1_600);
    expect(counts().length).toBeLessThan(50);
    const last = rows().at(-1)?.t ?? 0;
    expect(withPayload().filter(({ t }) => t > last - 1_000).length).toBeGreaterThanOrEqual(RATE);
  });

  it("a frame with 100,000 messages is counted, except for the first ones", async () => {
    const hear = connection();
    hear(Array<string>(100_000).fill(TICK).join(SEPARATOR));
    await later(1_500);
    expect(total()).toBe(100_000);
    expect(rows().length).toBeLessThan(1_600);
    expect(withPayload().length).toBeGreaterThan(200);
  });

  it("everything is recorded again soon after a flood", async () => {
    const hear = connection();
    await flow(hear, 10_000, 2);
    await later(1_500);
    recorder.flush();
    sent = [];
    await flow(hear, 300, 1);
    expect(withPayload()).toHaveLength(300);
    expect(counts()).toEqual([]);
  });

  it("calls, the end of a connection, messages of faults and other connections are recorded during a flood", async () => {
    const hear = connection();
    const other = connection();
    const own = socket;
    for (let i = 0; i < 5_000; i++) hear(TICK);
    recorder.flush();
    sent = [];
    hear(JSON.stringify({ type: 3, invocationId: "7", result: 1 }));
    hear(TICK);
    hear(JSON.stringify({ type: CLOSE, error: "bye" }));
    hear(TICK);
    hear(TICK.replace("tick", "late"));
    other(TICK);
    const flight = createFlightRecorder(++socket, recorder);
    createMessageRecorder(socket, recorder, flight).record("in", TICK + SEPARATOR, 3, false);
    await later(1_500);
    expect(rows().map(({ type, socket: of, payload }) => [type, of, payload !== undefined])).toEqual([
      [3, own - 1, true],
      [CLOSE, own - 1, false],
      [1, own, true],
      [1, own + 1, true],
    ]);
  });

  it("what was counted is written before what is recorded after it: the order gives messages their numbers", async () => {
    const hear = connection();
    for (let i = 0; i < 5_000; i++) hear(TICK);
    hear(JSON.stringify({ type: 3, invocationId: "7", result: 1 }));
    recorder.flush();
    expect(sent.at(-2)?.kind).toBe("counts");
    expect(sent.at(-1)).toMatchObject({ kind: "message", type: 3 });
    expect(total()).toBe(5_001);
    await later(1_500);
    expect(counts()).toHaveLength(1);
  });

  it("large payloads take more room", async () => {
    const hear = connection();
    const large = JSON.stringify({ type: 1, target: "file", arguments: ["x".repeat(50_000)] });
    for (let i = 0; i < 300; i++) hear(large);
    await later(1_500);
    expect(rows()).toHaveLength(300);
    expect(withPayload().length).toBeLessThan(250);
    expect(withPayload().length).toBeGreaterThan(RATE);
  });
});
