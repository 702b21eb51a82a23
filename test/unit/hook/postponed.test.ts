// @vitest-environment happy-dom
import { later } from "./in-a-page.ts";
import { createConnectionRecorder } from "../../../content-script/hook/record/connection-recorder.ts";
import { beforeEach, describe, expect, it } from "vitest";
import {
  createFlightRecorder,
  writeOpenCounts,
} from "../../../content-script/hook/record/flight-recorder.ts";
import {
  createMessageRecorder,
  type MessageRecorder,
} from "../../../content-script/hook/record/message-recorder.ts";
import { createRecorder, type Recorder } from "../../../content-script/hook/record/recorder.ts";
import { onGuardedError } from "../../../content-script/sentinel/platform/guard.ts";
import { now } from "../../../content-script/sentinel/platform/natives.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";

const SEPARATOR = "\x1e";
const frameOf = (message: object): string => JSON.stringify(message) + SEPARATOR;
const TICK = frameOf({ type: 1, target: "tick", arguments: [1] });
const CLOSE = frameOf({ type: 7, error: "gone" });

let sent: RecordedEvent[];
let recorder: Recorder;
let messages: MessageRecorder;
let socket = 0;
let writeOut: () => void;
beforeEach(() => {
  sent = [];
  recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => true });
  recorder.mode = { ...recorder.mode, payloads: false, flightRecorderRate: 1 };
  const flight = createFlightRecorder(++socket, recorder);
  ({ writeOut } = flight);
  messages = createMessageRecorder(socket, recorder, flight);
  // From the second message of a second on, they are only counted.
  hear(TICK, TICK);
});

const hear = (...frames: readonly (string | ArrayBuffer)[]): void => {
  for (const frame of frames) messages.record("in", frame, 0, false);
};
/** What is recorded, without the messages that a loss keeps. */
const recorded = (): string[] => {
  recorder.flush();
  return sent.flatMap((event) =>
    event.kind === "counts"
      ? event.counts.map(({ type, count, bytes }) => `${count} of type ${type}, ${bytes} bytes`)
      : event.kind === "message"
        ? event.counted
          ? []
          : [`type ${event.type}`]
        : [event.kind],
  );
};
const ticks = (count: number): string => `${count} of type 1, ${count * TICK.length} bytes`;

describe("frames that are only counted", () => {
  it("are read when their second is over, if no other message follows", async () => {
    hear(TICK, TICK);
    await later(1_100);
    expect(recorded()).toEqual(["type 1", ticks(3)]);
  });

  it("are read before anything else is recorded, at their own time", async () => {
    hear(TICK, CLOSE);
    const closed = now();
    await later(300);
    recorder.record({ kind: "online", online: false });
    writeOut();
    expect(recorded()).toEqual(["type 1", "type 7", "online", ticks(2)]);
    const [close, online] = sent.slice(1);
    expect(close?.t).toBeCloseTo(closed);
    expect(online?.t).toBeCloseTo(closed + 300);
    expect(sent.map(({ seq }) => seq)).toEqual([...sent.map(({ seq }) => seq)].sort((a, b) => a - b));
  });

  it("are read before the next frame that is recorded: of a fault, or binary", () => {
    hear(CLOSE);
    messages.record("in", TICK, 1, true);
    hear(CLOSE, new Uint8Array([1, 2]).buffer);
    expect(recorded()).toEqual(["type 1", "type 7", "type 1", "type 7"]);
  });

  it("are read when the page is left, or the connection ends", () => {
    hear(TICK, TICK);
    writeOpenCounts();
    expect(recorded()).toEqual(["type 1", ticks(3)]);
  });

  it("are known to whoever asks for the sequence numbers", () => {
    const log = createConnectionRecorder(
      { id: ++socket, transport: "WebSockets", url: "ws://a/", at: now(), request: undefined, resumed: true },
      recorder,
    );
    for (let i = 0; i < 3; i++) log.received(TICK, 0);
    expect(log.counted.in).toBe(3);
  });

  it("are read when many wait, so that no time is lost at the end", () => {
    hear(CLOSE);
    for (let i = 0; i < 500; i++) hear(TICK);
    expect(recorded()).toEqual(["type 1", "type 7"]);
  });

  it("are read when they are large", () => {
    const large = frameOf({ type: 1, target: "tick", arguments: ["x".repeat(100_000)] });
    hear(CLOSE, large, large, large);
    expect(recorded()).toEqual(["type 1", "type 7"]);
  });

  it("are read together, also if one of them can't be", () => {
    onGuardedError(recorder.dropped);
    recorder.postponed.add(() => {
      throw new Error("test");
    }, 3);
    hear(TICK, CLOSE);
    writeOut();
    recorder.flush();
    expect(recorded()).toEqual(["type 1", "type 7", ticks(2), "dropped"]);
  });

  it("leave a message that is sent in parts in order", () => {
    messages.record("out", TICK.slice(0, 10), 0, false);
    messages.record("out", TICK.slice(10), 0, false);
    messages.record("out", TICK.slice(0, 10), 0, false);
    messages.end();
    writeOut();
    expect(recorded()).toEqual(["type 1", ticks(1), "1 of type 0, 10 bytes", ticks(1)]);
  });
});
