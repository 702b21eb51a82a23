import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { expect, it, vi } from "vitest";
import { WritableMessageRows } from "../../../extension/core/model/message-rows.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { syntheticRecording } from "../../bench/synthetic.ts";
import { script } from "./event-script.ts";

/** Processor time of one reduction, the minimum of several rounds, because other load only adds time. */
function cost(events: readonly RecordedEvent[], rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const from = process.cpuUsage();
    const reducer = createReducer();
    for (let i = 0; i < events.length; i += 1_000) reducer.apply("p", events.slice(i, i + 1_000));
    for (const { interruptions } of reducer.model.hubs)
      for (const interruption of interruptions) expect(verdictOf(interruption).cause).not.toBe("unknown");
    return process.cpuUsage(from).user / events.length;
  });
  return Math.min(...times);
}

it("reduces and judges in time linear in the number of events", () => {
  const events = syntheticRecording(800_000);
  expect(events).toHaveLength(800_000);
  cost(events.slice(0, 100_000), 1);
  const small = cost(events.slice(0, 100_000), 3);
  const large = cost(events, 2);
  // With eight times as many events each would take eight times as long if time were quadratic. Some extra time is garbage
  // collection.
  expect(large).toBeLessThan(small * 4);
}, 60_000);

it("reduces negotiates at thousands of addresses in linear time (8,000 took 18 s)", () => {
  const failing = (count: number): RecordedEvent[] =>
    Array.from({ length: count }, (_, i): RecordedEvent[] => {
      const at = { seq: 2 * i + 1, t: 1_764_200_000_000 + i };
      const url = `https://board.example/hubs/${i}/negotiate?negotiateVersion=1`;
      return [
        { kind: "negotiate", ...at, request: i, url, api: "fetch", askedStatefulReconnect: false },
        { kind: "negotiate-ended", ...at, seq: at.seq + 1, request: i, status: 500 },
      ];
    }).flat();
  cost(failing(2_000), 1);
  expect(cost(failing(16_000), 2)).toBeLessThan(cost(failing(2_000), 5) * 4);
}, 60_000);

it("judges a connection that was cut thousands of times in linear time (4,000 cuts took 10 s)", () => {
  const cuts = (count: number): RecordedEvent[] => {
    const events = script().connected();
    for (let i = 1; i <= count; i++) {
      events
        .at(i * 2_000)
        .closed(i)
        .add({ kind: "hub-lost", hub: 1, error: "" })
        .state("Connected", "Reconnecting");
      events
        .at(i * 2_000 + 1_000)
        .negotiate(i + 1, `id-${i}`)
        .socket(i + 1, i + 1);
      events.state("Reconnecting", "Connected", `id-${i}`);
    }
    return events.events;
  };
  cost(cuts(500), 1);
  expect(cost(cuts(4_000), 2)).toBeLessThan(cost(cuts(500), 5) * 3);
}, 60_000);

it("estimates what an early loss cost without reading later messages (a million events took 27 s)", () => {
  const lossOf = (later: number): number => {
    const events = script().connected();
    for (let i = 1; i <= 20; i++) events.at(i * 500).message({ socket: 1, direction: "in", type: 1 });
    events.at(11_000).closed(1).state("Connected", "Reconnecting");
    events.at(12_000).negotiate(2, "id-2").socket(2, 2);
    events.state("Reconnecting", "Connected", "id-2");
    for (let i = 1; i <= later; i++)
      events.at(12_000 + i * 10).message({ socket: 2, direction: "in", type: 1 });
    const interruption = events.onlyHub().interruptions[0];
    const reads = vi.spyOn(WritableMessageRows.prototype, "timeAt");
    expect(interruption?.missedEstimate).toBeGreaterThan(0);
    expect(interruption?.swallowed).toEqual({ in: 0, out: 0 });
    const count = reads.mock.calls.length;
    reads.mockRestore();
    return count;
  };
  expect(lossOf(5_000)).toBe(lossOf(50));
});

it("a synthetic recording of the bench contains everything that a real one has", () => {
  const kinds = new Set(syntheticRecording(60_000).map(({ kind }) => kind));
  for (const kind of ["message", "counts", "negotiate", "socket-closed", "hub-state", "retry", "visibility"])
    expect(kinds).toContain(kind);
});
