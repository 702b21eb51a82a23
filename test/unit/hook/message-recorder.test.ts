// @vitest-environment happy-dom
import { later } from "./in-a-page.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFlightRecorder } from "../../../content-script/hook/record/flight-recorder.ts";
import { createMessageRecorder } from "../../../content-script/hook/record/message-recorder.ts";
import { createRecorder } from "../../../content-script/hook/record/recorder.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { anyText } from "../fakes/any-text.ts";

const SEPARATOR = "\x1e";
let socket = 0;

/** Records frames of a connection that is busy from the first message on. */
async function record(frames: readonly string[]): Promise<RecordedEvent[]> {
  const sent: RecordedEvent[] = [];
  const recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => true });
  recorder.mode = { ...recorder.mode, payloads: false, flightRecorderRate: 1 };
  const flight = createFlightRecorder(++socket, recorder);
  const messages = createMessageRecorder(socket, recorder, flight);
  messages.record("in", JSON.stringify({ type: 6 }) + SEPARATOR, 0, false);
  for (const frame of frames) messages.record("in", frame, 0, false);
  flight.writeOut();
  await later(1_000);
  return sent;
}

const message = fc.oneof(
  fc.record({ type: fc.constant(1), target: fc.constantFrom("tick", "été"), arguments: fc.array(anyText()) }),
  fc.record({ type: fc.constant(1), target: fc.constant("rows"), arguments: fc.array(fc.jsonValue()) }),
  fc.record({ type: fc.constant(2), invocationId: fc.constantFrom("1", "2"), item: fc.jsonValue() }),
  fc.record({ type: fc.constant(3), invocationId: fc.nat().map(String), result: fc.jsonValue() }),
  fc.record({
    type: fc.constant(4),
    target: fc.constant("up"),
    arguments: fc.array(fc.jsonValue()),
    streamIds: fc.constant(["1"]),
  }),
  fc.record({ type: fc.constant(6) }),
);

describe("messages that are only counted", () => {
  it("are counted with their type, size, target and id, as JSON.parse reads them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(message, { minLength: 1 }), { minLength: 1 }), async (frames) => {
        const events = await record(
          frames.map((messages) => messages.map((one) => JSON.stringify(one) + SEPARATOR).join("")),
        );
        const all = frames.flat();
        const types = [...new Set(all.map(({ type }) => type))].sort();
        const counts = events.flatMap((event) => (event.kind === "counts" ? event.counts : []));
        expect(counts).toEqual(
          types.map((type) => {
            const own = all.filter((one) => one.type === type);
            const bytes = own.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)) + 1, 0);
            return { direction: "in", type, count: own.length, bytes };
          }),
        );
        const kept = events.flatMap((event) => (event.kind === "message" && event.counted ? [event] : []));
        expect(kept.map(({ type, target, invocationId }) => ({ type, target, invocationId }))).toEqual(
          all.slice(-1_000).map((one) => ({
            type: one.type,
            target: "target" in one ? one.target : undefined,
            invocationId: "invocationId" in one ? one.invocationId : undefined,
          })),
        );
      }),
    );
  });

  it("have the secrets removed that became known in between", async () => {
    const sent: RecordedEvent[] = [];
    const recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => true });
    recorder.mode = { ...recorder.mode, payloads: false, flightRecorderRate: 1 };
    const flight = createFlightRecorder(++socket, recorder);
    const messages = createMessageRecorder(socket, recorder, flight);
    const frame = `{"type":1,"target":"to-0123456789","arguments":[1]}${SEPARATOR}`;
    for (let i = 0; i < 3; i++) messages.record("in", frame, 0, false);
    recorder.postponed.readAll();
    recorder.tokens.remember("0123456789");
    for (let i = 0; i < 3; i++) messages.record("in", frame, 0, false);
    flight.writeOut();
    await later(1_000);
    const targets = sent.flatMap((event) => (event.kind === "message" ? [event.target] : []));
    expect(targets).toEqual([
      ...new Array<string>(3).fill("to-0123456789"),
      ...new Array<string>(3).fill("to-…"),
    ]);
  });
});
