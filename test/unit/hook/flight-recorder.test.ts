// @vitest-environment happy-dom
import { later } from "./in-a-page.ts";
import { beforeEach, describe, expect, it } from "vitest";
import {
  createFlightRecorder,
  forgetFlights,
  type FlightRecorder,
} from "../../../content-script/hook/record/flight-recorder.ts";
import { now } from "../../../content-script/sentinel/platform/natives.ts";
import { createRecorder, type Recorder } from "../../../content-script/hook/record/recorder.ts";
import type { MessageCounts, RecordedEvent } from "../../../extension/core/events/events.ts";
import { newEnvelope } from "../../../extension/core/protocol/json-scan.ts";

const RATE = 5;

let sent: RecordedEvent[];
let recorder: Recorder;
let flight: FlightRecorder;
let socket = 0;
beforeEach(() => {
  sent = [];
  recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => true });
  recorder.mode = { ...recorder.mode, payloads: false, flightRecorderRate: RATE };
  flight = createFlightRecorder(++socket, recorder);
});

const take = (count: number): number => {
  const envelope = { ...newEnvelope(), type: 1 as const, target: "tick" };
  let taken = 0;
  for (let i = 0; i < count; i++) if (flight.take("in", now(), envelope, 10)) taken++;
  return taken;
};
const counts = (): MessageCounts[] => {
  recorder.flush();
  return sent.filter((event) => event.kind === "counts");
};

describe("the open second of a busy connection", () => {
  it("is written, even if no further message follows", async () => {
    expect(take(RATE + 3)).toBe(3);
    await later(1_100);
    expect(counts()).toMatchObject([{ counts: [{ direction: "in", type: 1, count: 3, bytes: 30 }] }]);
  });

  it("is written, even if the timer fires early, as it was started for the previous second", async () => {
    take(RATE + 1);
    await later(300);
    // After a loss, the counts so far are written, and a new second begins.
    flight.writeOut();
    await later(300);
    take(RATE + 4);
    expect(counts()).toHaveLength(1);
    // The timer of the first second fires now, long before the end of this one.
    await later(500);
    expect(counts()).toHaveLength(1);
    await later(600);
    expect(counts()).toHaveLength(2);
    // Without messages no timer keeps running.
    await later(10_000);
    expect(counts()).toHaveLength(2);
  });
});

describe("counts from before recording was switched on", () => {
  it("are in no recording", async () => {
    recorder.mode = { ...recorder.mode, record: false };
    take(RATE + 7);
    recorder.mode = { ...recorder.mode, record: true };
    forgetFlights();
    await later(1_500);
    flight.writeOut();
    expect(counts()).toEqual([]);
    expect(sent).toEqual([]);
  });
});
