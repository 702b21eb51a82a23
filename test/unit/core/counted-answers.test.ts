/** A busy connection's messages are only counted: calls that were open then may have been answered, and an Ack may be among them. */
import { describe, expect, it } from "vitest";
import type { MessageCount } from "../../../extension/core/events/events.ts";
import { START, script, type EventScript } from "./event-script.ts";

const counts = (events: EventScript, ...list: MessageCount[]): EventScript =>
  events.add({ kind: "counts", socket: 1, t: START + 1_000, until: START + 2_000, counts: list });

const answers: MessageCount = { direction: "in", type: 3, count: 20, bytes: 800 };
const messages: MessageCount = { direction: "in", type: 1, count: 20, bytes: 60_000 };

const call = (): EventScript =>
  script()
    .connected()
    .at(900)
    .message({ socket: 1, direction: "out", type: 1, target: "Save", invocationId: "1" });

const lost = (events: EventScript): EventScript =>
  events.at(3_000).closed(1).state("Connected", "Reconnecting");

const fate = (events: EventScript): string | undefined => events.onlyHub().calls[0]?.fate;

describe("a call that is open when a connection becomes busy", () => {
  it("isn't called lost: its answer may be one of those that were counted", () => {
    expect(fate(lost(counts(call(), answers)))).toBe("unknown");
  });

  it("is lost if no answers were counted", () => {
    expect(fate(lost(counts(call(), messages)))).toBe("lost");
    expect(fate(lost(counts(call(), { ...answers, direction: "out" })))).toBe("lost");
  });

  it("is answered by an answer that the flight recorder's ring still has", () => {
    const events = counts(call(), answers)
      .at(1_100)
      .message({ socket: 1, direction: "in", type: 3, invocationId: "1", counted: true });
    expect(fate(lost(events))).toBe("completed");
  });

  it("is answered by an answer that comes after that", () => {
    const events = counts(call(), answers)
      .at(2_500)
      .message({ socket: 1, direction: "in", type: 3, invocationId: "1" });
    expect(fate(lost(events))).toBe("completed");
  });

  it("is still open if it is a stream whose items go on", () => {
    const events = script()
      .connected()
      .at(900)
      .message({ socket: 1, direction: "out", type: 4, target: "Prices", invocationId: "1" });
    const item = { socket: 1, direction: "in", type: 2, invocationId: "1" } as const;
    expect(fate(counts(events, answers).at(2_500).message(item))).toBe("pending");
  });

  it("isn't opened by a message that is counted, too", () => {
    const events = script()
      .connected()
      .at(900)
      .message({ socket: 1, direction: "out", type: 1, target: "Save", invocationId: "1", counted: true });
    expect(events.onlyHub().calls).toEqual([]);
  });
});

it("a counted Ack acknowledges at least what came before: the buffer isn't called fuller than it was", () => {
  const events = script().at(0).page().hub().state("Disconnected", "Connecting").negotiate(1, "id-1", true);
  events.at(20).socket(1, 1).state("Connecting", "Connected", "id-1");
  events.at(900).message({ socket: 1, direction: "in", type: 1, target: "show", size: 50_000 });
  counts(events, messages, { direction: "out", type: 8, count: 1, bytes: 27 });
  expect(events.onlyHub().stateful?.in.peakBytes).toBe(60_000);
});
