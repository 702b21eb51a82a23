import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queuedCalls } from "../../../extension/core/diagnosis/call-queue.ts";
import { heldBack } from "../../../extension/core/diagnosis/held-back.ts";
import { heldBackWords, queuedWords } from "../../../extension/wording/call-waits.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { fixtureFolder, type CauseFixture } from "../../causes/fixture.ts";
import { script, type EventScript } from "./event-script.ts";

interface Call {
  readonly target?: string;
  readonly sent: number;
  /** null: never answered. */
  readonly answered: number | null;
  readonly stream?: boolean;
}

/** A connection with these calls. */
function calls(all: readonly Call[]): EventScript {
  const events = script().connected();
  const steps = all.flatMap(({ target, sent, answered, stream }, i) => {
    const invocationId = String(i);
    const call = { socket: 1, direction: "out", type: stream ? 4 : 1, invocationId } as const;
    return [
      { t: sent, message: { ...call, target: target ?? "Echo" } },
      ...(answered === null
        ? []
        : [{ t: answered, message: { socket: 1, direction: "in", type: 3, invocationId } as const }]),
    ];
  });
  for (const { t, message } of steps.sort((a, b) => a.t - b.t)) events.at(1_000 + t).message(message);
  return events;
}

const waits = (all: readonly Call[]): string[] =>
  [...queuedCalls(calls(all).onlyHub(), null)].map(
    ([call, queued]) => `${call.invocationId} ${queuedWords(queued)}`,
  );

const SLOW = { target: "Slow", sent: 0, answered: 4_000 };

describe("a call behind a slower one", () => {
  it("says how long it waited, and for which", () => {
    expect(waits([SLOW, { sent: 800, answered: 4_020 }])).toEqual(["1 waited 3.2 s behind Slow, inferred"]);
  });

  it("isn't one of the same method that was called and answered at the same moment: they ran side by side", () => {
    const [one, other] = [0, 20].map((by) => ({ target: "Slow", sent: by, answered: 4_000 + by }));
    expect(waits([one!, other!, { sent: 50, answered: 4_030 }])).toEqual([
      "2 waited 4 s behind Slow, inferred",
    ]);
  });

  it("names the slowest of those that were still running", () => {
    const all = [SLOW, { target: "Quick", sent: 100, answered: 4_050 }, { sent: 200, answered: 4_060 }];
    expect(waits(all)).toEqual([
      "1 waited 3.9 s behind Slow, inferred",
      "2 waited 3.9 s behind Slow, inferred",
    ]);
  });

  it("isn't one if it took long itself, was sent later, or waited a moment only", () => {
    expect(waits([SLOW, { sent: 800, answered: 9_000 }])).toEqual([]);
    expect(waits([SLOW, { sent: 4_001, answered: 4_020 }])).toEqual([]);
    expect(waits([SLOW, { sent: 3_800, answered: 4_020 }])).toEqual([]);
  });

  it("isn't one where an answer has overtaken another: the server runs several at once", () => {
    const overtakes = { sent: 100, answered: 300 };
    expect(waits([SLOW, overtakes, { sent: 800, answered: 4_020 }])).toEqual([]);
    expect(waits([{ ...SLOW, answered: null }, overtakes])).toEqual([]);
  });

  it("doesn't concern streams, which take no place on the server", () => {
    expect(
      waits([
        { ...SLOW, stream: true },
        { sent: 800, answered: 4_020 },
      ]),
    ).toEqual([]);
    expect(waits([SLOW, { sent: 800, answered: 4_020, stream: true }])).toEqual([]);
  });

  it("isn't one while the page itself was busy", () => {
    const hub = calls([SLOW, { sent: 800, answered: 4_020 }]).onlyHub();
    const from = hub.calls[1]!.sentAt;
    expect(queuedCalls(hub, { longTasks: [{ from, duration: 3_000 }] }).size).toBe(0);
  });

  it("is found for every call of a server that runs one at a time, and never waited longer than it took", () => {
    const all = fc.array(fc.record({ gap: fc.nat(900), took: fc.nat(3_000) }), { maxLength: 20 });
    fc.assert(
      fc.property(all, (steps) => {
        let sent = 0;
        let free = 0;
        const made = steps.map(({ gap, took }): Call => {
          sent += gap;
          free = Math.max(free, sent) + took;
          return { sent, answered: free };
        });
        for (const [call, { behind, length }] of queuedCalls(calls(made).onlyHub(), null)) {
          expect(length).toBeLessThanOrEqual((call.endedAt ?? 0) - call.sentAt);
          expect(behind.sentAt).toBeLessThanOrEqual(call.sentAt);
          expect(behind.endedAt).toBeGreaterThan(call.sentAt);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("answers that come with the next ping", () => {
  const withPings = (answers: readonly number[], pings: readonly number[]): EventScript => {
    const events = calls(answers.map((answered) => ({ sent: answered - 5_000, answered })));
    for (const t of pings) events.at(1_000 + t).message({ socket: 1, direction: "in", type: 6 });
    events.events.sort((a, b) => a.t - b.t);
    return events;
  };
  const reduced = (events: EventScript): EventScript => {
    const again = script();
    for (const { t, ...event } of events.events) again.add({ ...event, t });
    return again;
  };
  const times = [15_000, 30_000, 45_000, 60_000];

  it("are counted: several of them are a proxy that buffers", () => {
    const held = heldBack(reduced(withPings(times, times)).onlyHub());
    expect(held).toEqual({ withPing: 4, answers: 4, longest: 5_000 });
    expect(heldBackWords(held!)).toContain("4 of 4 answers");
  });

  it("are nothing if they are few, or if others come without one", () => {
    expect(heldBack(reduced(withPings(times.slice(1), times)).onlyHub())).toBeNull();
    expect(heldBack(reduced(withPings([...times, 66_000, 72_000], times)).onlyHub())).toBeNull();
  });
});

it.each(["chromium", "firefox"])("aren't told of real calls that a server runs at once (%s)", (browser) => {
  const file = path.join(fixtureFolder, `calls-beside-a-slow-one.${browser}.json`);
  const { recording } = JSON.parse(readFileSync(file, "utf8")) as CauseFixture;
  const result = readRecordingFile(JSON.stringify(recording));
  if (!result.ok) throw new Error(result.problem);
  const reducer = createReducer();
  for (const { page, events } of result.file.pages) reducer.apply(page, events);
  const [hub] = reducer.model.hubs;
  expect(hub!.calls.map(({ target }) => target)).toEqual(["Delay", "Echo", "Echo"]);
  expect(queuedCalls(hub!, null).size).toBe(0);
});
