import { describe, expect, it } from "vitest";
import { downFor } from "../../../extension/core/model/downtime.ts";
import { messageStatistics } from "../../../extension/report/statistics.ts";
import { START, script } from "./event-script.ts";

const halfOpen = {
  kind: "fault",
  fault: 1,
  command: { name: "half-open", target: { scope: "connection", socket: 1 } },
} as const;
const kept = { swallowed: true, fault: 1 } as const;

/** Ten ticks in ten seconds, then silence: three more and an answer are swallowed, and a call of the app. */
const silenced = () => {
  const events = script().connected();
  events.at(900).message({ socket: 1, direction: "out", type: 1, target: "Sum", invocationId: "0" });
  for (let i = 1; i <= 10; i++)
    events.at(i * 1_000).message({ socket: 1, direction: "in", type: 1, target: "tick" });
  events.at(10_500).add(halfOpen);
  for (let i = 11; i <= 13; i++)
    events.at(i * 1_000).message({ socket: 1, direction: "in", type: 1, target: "tick", ...kept });
  events.message({ socket: 1, direction: "in", type: 3, invocationId: "0", ...kept });
  events.message({ socket: 1, direction: "in", type: 6, ...kept });
  return events.message({
    socket: 1,
    direction: "out",
    type: 1,
    target: "Save",
    invocationId: "1",
    ...kept,
  });
};
const lost = () => silenced().at(40_000).closed(1).state("Connected", "Reconnecting");

describe("messages swallowed by faults", () => {
  it("aren't received", () => {
    const { totals } = silenced().onlyHub();
    expect(totals.in).toMatchObject({ messages: 10, swallowed: 5 });
    expect(totals.out).toMatchObject({ messages: 1, swallowed: 1 });
  });

  it("have rows of their own in the statistics", () => {
    const ticks = messageStatistics(silenced().onlyHub()).filter((row) => row.target === "tick");
    expect(ticks.map(({ count, swallowed }) => [count, swallowed])).toEqual([
      [10, false],
      [3, true],
    ]);
  });

  it("belong to their call, and don't answer it", () => {
    const hub = silenced().onlyHub();
    const answer = [...hub.messages].find(({ message }) => message.type === 3);
    expect(answer?.call).toMatchObject({ target: "Sum", fate: "pending" });
  });

  it("are part of the impact of the interruption", () => {
    const interruption = lost().onlyInterruption();
    expect(interruption.swallowed).toEqual({ in: 4, out: 1 });
    expect(interruption.pending.map(({ target, fate }) => [target, fate])).toEqual([
      ["Sum", "lost"],
      ["Save", "lost"],
    ]);
  });

  it("are counted, and only the rest is estimated", () => {
    const events = lost().at(50_000).negotiate(2, "id-2").socket(2, 2);
    const { missedEstimate } = events.state("Reconnecting", "Connected", "id-2").onlyInterruption();
    // Four that were swallowed, and about one a second for the ten seconds without a socket.
    expect(missedEstimate).toBeGreaterThan(12);
    expect(missedEstimate).toBeLessThan(16);
  });
});

describe("the time without a connection", () => {
  it("begins when a fault silenced it", () => {
    const interruption = lost().onlyInterruption();
    expect(interruption).toMatchObject({ from: START + 40_000, silentFrom: START + 10_500 });
    expect(downFor(interruption, START + 41_000)).toBe(30_500);
  });

  it("includes the time in which the tab was frozen", () => {
    const events = script().connected().at(1_000).message({ socket: 1, direction: "in", type: 6 });
    events.at(2_000).add({ kind: "lifecycle", phase: "freeze", persisted: false });
    events.at(72_000).add({ kind: "lifecycle", phase: "resume", persisted: false });
    const interruption = events.at(72_010).closed(1).state("Connected", "Reconnecting").onlyInterruption();
    expect(interruption.silentFrom).toBe(START + 2_000);
  });

  it("isn't extended by ordinary silence", () => {
    const events = script().connected().at(20_000).closed(1).state("Connected", "Reconnecting");
    expect(events.onlyInterruption().silentFrom).toBeNull();
  });
});
