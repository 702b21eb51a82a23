import { describe, expect, it } from "vitest";
import type { FindingResult } from "../../../../extension/core/diagnosis/findings/find.ts";
import { findIn } from "../../../../extension/core/diagnosis/findings/find.ts";
import {
  GUIDANCE,
  guidanceInWords,
  judgeGuidance,
  POINTS,
  type PointId,
} from "../../../../extension/core/diagnosis/findings/guidance.ts";
import { FINDING_IDS, FINDINGS } from "../../../../extension/core/diagnosis/findings/registry.ts";
import type { ScenarioResult } from "../../../../extension/core/scenarios/result.ts";
import { life } from "./app-life.ts";

const resultsOf = (events = life()): FindingResult[] => {
  const model = events.reduce();
  return findIn(model, model.to + 60_000);
};

const run = (verdict: "pass" | "warn" | "fail" | "cant-tell"): ScenarioResult => ({
  scenario: "crash",
  title: "Crash",
  verdict,
  why: null,
  from: 0,
  to: 1,
  shortened: [],
  faults: [],
  missed: [],
  expectations: [
    {
      that: "joined-again",
      title: "Groups rejoined",
      at: 0,
      verdict,
      measured: null,
      say: "Join.",
      evidence: [],
    },
  ],
});

const state = (id: PointId, findings: readonly FindingResult[], scenarios: readonly ScenarioResult[] = []) =>
  judgeGuidance(
    findings.map((result) => ({ result, marked: null })),
    scenarios,
  ).find((one) => one.id === id)!;

describe("the resilience scorecard", () => {
  it("has every finding in exactly one point", () => {
    for (const id of FINDING_IDS) {
      const own = POINTS.filter(
        (point) =>
          GUIDANCE[point].findings.includes(id) || GUIDANCE[point].groups.includes(FINDINGS[id].group),
      );
      expect([id, own.length]).toEqual([id, 1]);
    }
  });

  it("says of a page on which nothing was lost yet what isn't tested", () => {
    expect(state("new-id", [], []).state).toBe("not-applicable");
    expect(state("missed", resultsOf())).toMatchObject({ state: "not-tested", tested: 0, of: 1 });
  });

  it("isn't met with one finding against it, whatever else passes", () => {
    const lost = life().call(100, "JoinBoard", "1").outage(5_000, [0]).at(20_000);
    lost.message({ socket: 2, direction: "in", type: 6 });
    const { state: now, against } = state("new-id", resultsOf(lost), [run("pass")]);
    expect(now).toBe("not-met");
    expect(against).toMatchObject([{ from: "finding", result: { id: "calls-not-repeated" } }]);
  });

  it("isn't met by what never happened, and only partly by a few checks of many", () => {
    const quiet = resultsOf(life().messages(100, 30_000, 5_000));
    expect(state("reconnect", quiet)).toMatchObject({ state: "partly", tested: 1 });
    expect(state("stateful", quiet).state).toBe("not-tested");
    expect(state("maintenance", quiet)).toMatchObject({ state: "partly", tested: 1, of: 3 });
  });

  it("keeps what is ignored as a remark", () => {
    const lost = resultsOf(life().call(900, "Save", "1", null).outage(1_000, [0]));
    const marked = lost.map((result) => ({
      result,
      marked: result.id === "calls-lost" ? ("ignored" as const) : null,
    }));
    const own = judgeGuidance(marked, []).find(({ id }) => id === "decoupled")!;
    expect(own.against).toEqual([]);
    expect(own.remarks).toMatchObject([{ from: "finding", marked: "ignored" }]);
  });

  it("takes a failed expectation of a scenario, too, and a warning as a remark", () => {
    expect(state("new-id", [], [run("fail")])).toMatchObject({
      state: "not-met",
      against: [{ from: "scenario", title: "Crash", say: "Join." }],
    });
    expect(state("new-id", [], [run("warn")])).toMatchObject({
      state: "met",
      remarks: [{ from: "scenario" }],
    });
    expect(state("new-id", [], [run("pass")])).toMatchObject({ state: "met", tested: 1, of: 1 });
    expect(state("new-id", [], [run("cant-tell")])).toMatchObject({ state: "not-tested", tested: 0, of: 1 });
  });

  it("counts in one sentence", () => {
    const points = [
      { state: "met" },
      { state: "not-met" },
      { state: "not-tested" },
      { state: "not-applicable" },
    ] as const;
    expect(guidanceInWords(points)).toBe("1 of 3 points met, 1 not met, 1 not tested.");
  });
});
