import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findIn } from "../../../extension/core/diagnosis/findings/find.ts";
import type { ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import { readBaselines, withBaseline } from "../../../panel/state/findings/baselines.ts";
import { flaggedOf, isOpen, listFindings } from "../../../panel/state/findings/listed.ts";
import { lookAgain } from "../../../panel/state/findings/look-again.ts";
import { MAX_SITES, readMarks, withMark, type Mark } from "../../../panel/state/findings/marks.ts";
import { START } from "../core/event-script.ts";
import { foundBefore, readSeen, withSeen, type Seen } from "../../../panel/state/findings/seen.ts";
import { life, type AppLife } from "../core/findings/app-life.ts";

const MARK: Mark = { key: "calls-lost /hubs/board", as: "done", at: START + 5_000 };

function listOf(
  events: AppLife,
  marks: readonly Mark[] = [],
  runs: readonly ScenarioResult[] = [],
  seen: readonly Seen[] = [],
) {
  const model = events.reduce();
  const now = model.to + 1_000;
  return listFindings(findIn(model, now), model, now, runs, marks, seen);
}

const lostCall = (): AppLife => life().call(900, "Save", "1", null).outage(1_000, [0]);
const callsLost = (listed: ReturnType<typeof listOf>) =>
  listed.find(({ result: { id } }) => id === "calls-lost");

describe("marks of findings", () => {
  it("are kept by site, the newest site first", () => {
    const one = withMark(undefined, "a.example", MARK.key, { as: "done", at: 1 });
    const two = withMark(one, "b.example", MARK.key, { as: "ignored", at: 2 });
    expect(two.map(({ site }) => site)).toEqual(["b.example", "a.example"]);
    expect(readMarks(two)).toEqual(two);
    expect(withMark(two, "b.example", MARK.key, null)).toEqual(one);
  });

  it("forget the oldest site", () => {
    let stored: unknown;
    for (let i = 0; i <= MAX_SITES; i++)
      stored = withMark(stored, `${i}.example`, MARK.key, { as: "done", at: i });
    expect(readMarks(stored)).toHaveLength(MAX_SITES);
    expect(readMarks(stored).at(-1)?.site).toBe("1.example");
  });

  it("are checked when they are read, whatever is stored", () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(readMarks(stored)).toEqual([]);
      }),
    );
    const marks = [
      MARK,
      { ...MARK, key: "no-such-finding /x" },
      { ...MARK, as: "hidden" },
      { ...MARK, at: NaN },
      7,
    ];
    expect(readMarks([{ site: "a.example", marks }])).toEqual([{ site: "a.example", marks: [MARK] }]);
  });
});

describe("kept scorecards", () => {
  const points = { reconnect: "met", load: "not-met" } as const;

  it("are kept for each page, and forgotten", () => {
    const one = withBaseline(undefined, "https://a.example/", { at: 1, points });
    const two = withBaseline(one, "https://b.example/", { at: 2, points: {} });
    expect(readBaselines(two)).toEqual(two);
    expect(withBaseline(two, "https://a.example/", { at: 3, points })).toHaveLength(2);
    expect(withBaseline(two, "https://b.example/", null)).toEqual(one);
  });

  it("are checked when they are read", () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(readBaselines(stored)).toEqual([]);
      }),
    );
    const stored = [{ page: "a", at: 1, points: { ...points, nonsense: "met", light: "fine" } }];
    expect(readBaselines(stored)).toEqual([{ page: "a", at: 1, points }]);
  });
});

describe("findings of earlier recordings", () => {
  const key = "calls-lost /hubs/board";

  it("are kept with when they were found last, before the recording that finds them again", () => {
    const first = withSeen(undefined, "a.example", [{ key, at: 100 }], 50);
    expect(first[0]?.seen).toEqual([{ key, at: 100, before: null }]);
    const same = withSeen(first, "a.example", [{ key, at: 200 }], 50);
    expect(same[0]?.seen).toEqual([{ key, at: 200, before: null }]);
    const next = withSeen(same, "a.example", [{ key, at: 900 }], 800);
    expect(next[0]?.seen).toEqual([{ key, at: 900, before: 200 }]);
    expect(readSeen(next)).toEqual(next);
  });

  it("tell of a later recording that it was found before", () => {
    const seen: Seen[] = [{ key, at: 900, before: 200 }];
    expect(foundBefore(seen, key, 1_000)).toBe(900);
    expect(foundBefore(seen, key, 800)).toBe(200);
    expect(foundBefore(seen, "no-jitter /hubs/board", 800)).toBeNull();
  });

  it("are checked when they are read", () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(readSeen(stored)).toEqual([]);
      }),
    );
    const seen = [
      { key, at: 1, before: "x" },
      { key: "nonsense /x", at: 1, before: null },
      { key, at: NaN },
    ];
    expect(readSeen([{ site: "a.example", seen }])).toEqual([
      { site: "a.example", seen: [{ key, at: 1, before: null }] },
    ]);
  });
});

describe("listed findings", () => {
  it("are done until they are found again later", () => {
    expect(callsLost(listOf(lostCall(), [MARK]))).toMatchObject({ state: "done", again: false });
    const again = lostCall().call(9_000, "Save", "2", null).outage(9_500, [0]);
    expect(callsLost(listOf(again, [MARK]))).toMatchObject({ state: "open", again: true });
    expect(callsLost(listOf(again, [{ ...MARK, as: "ignored" }]))).toMatchObject({ state: "ignored" });
  });

  it("are gone or still there since the scenario that proves them was run", () => {
    const run = {
      scenario: "crash",
      verdict: "pass",
      from: START + 20_000,
      to: START + 30_000,
    } as ScenarioResult;
    const well = lostCall().call(20_400, "Save", "2", null).outage(20_500, [0]).call(20_600, "Save", "3");
    expect(callsLost(listOf(well, [], [run]))).toMatchObject({
      later: { what: "scenario", t: START + 20_000, state: "gone" },
    });
    // That no call was waiting at a loss proves nothing.
    const lucky = lostCall().call(20_100, "Save", "2").outage(20_500, [0]);
    expect(callsLost(listOf(lucky, [], [run]))?.later?.state).toBe("not-seen");
    const badly = lostCall().call(20_100, "Save", "2", null).outage(20_500, [0]);
    expect(callsLost(listOf(badly, [], [run]))?.later?.state).toBe("still-there");
    const nothing = lostCall().call(20_100, "Save", "2");
    expect(callsLost(listOf(nothing, [], [run]))?.later?.state).toBe("not-seen");
    expect(callsLost(listOf(lostCall()))?.later).toBeNull();
    const seen = [{ key: MARK.key, at: START - 9_000, before: null }];
    expect(callsLost(listOf(lostCall(), [], [], seen))?.later).toEqual({
      what: "recording",
      t: START - 9_000,
      state: "still-there",
    });
  });

  it("have flags only while they are open", () => {
    const listed = listOf(lostCall());
    const { open, flags } = flaggedOf(listed);
    expect(open).toBe(listed.filter(isOpen).length);
    const [own] = [...flags.values()];
    expect(own?.map(({ t }) => t)).toEqual(own?.map(({ t }) => t).sort((a, b) => a - b));
    expect(own?.some(({ text }) => text.startsWith("Calls lost in flight: Save sent"))).toBe(true);
    const marked = flaggedOf(listOf(lostCall(), [MARK]));
    expect([...marked.flags.values()].flat().some(({ finding }) => finding.startsWith("calls-lost"))).toBe(
      false,
    );
  });
});

describe("looking again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits a second, or twenty times what the last look took", async () => {
    let looks = 0;
    const again = lookAgain(() => Promise.resolve(++looks === 1 ? 100 : 0));
    again.wanted();
    await vi.advanceTimersByTimeAsync(0);
    expect(looks).toBe(1);
    again.wanted();
    again.wanted();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks).toBe(2);
  });

  it("looks once more after what came during a look, and forgets", async () => {
    const stale: boolean[] = [];
    const done: (() => void)[] = [];
    const again = lookAgain(async (isStale) => {
      await new Promise<void>((resolve) => done.push(resolve));
      stale.push(isStale());
      return 0;
    });
    again.wanted();
    await vi.advanceTimersByTimeAsync(0);
    again.wanted();
    done[0]?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(done).toHaveLength(2);
    again.forget();
    done[1]?.();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stale).toEqual([false, true]);
    expect(done).toHaveLength(2);
  });
});
