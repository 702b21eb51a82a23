import { describe, expect, it } from "vitest";
import { writeHtmlReport } from "../../../../extension/report/html-report.tsx";
import {
  readRecordingFile,
  writeRecordingFile,
} from "../../../../extension/core/recording/recording-file.ts";
import { compareScorecards } from "../../../../extension/core/scenarios/compare.ts";
import { readScorecard } from "../../../../extension/core/scenarios/read-scorecard.ts";
import {
  overall,
  type ExpectationResult,
  type ScenarioResult,
} from "../../../../extension/core/scenarios/result.ts";
import {
  newScorecard,
  summarize,
  withResult,
  type Scorecard,
} from "../../../../extension/core/scenarios/scorecard.ts";
import { script, START } from "../event-script.ts";

const expected = (
  that: ExpectationResult["that"],
  verdict: ExpectationResult["verdict"],
  value: number,
  unit: "ms" | "%" | "count" = "ms",
): ExpectationResult => ({
  that,
  title: that,
  at: START,
  verdict,
  measured: { value, unit },
  say: "So it was.",
  evidence: [{ t: START, text: "Connection lost", key: "p!1" }],
});

const result = (
  scenario: string,
  verdict: ScenarioResult["verdict"],
  expectations: readonly ExpectationResult[] = [],
  shortened: readonly string[] = [],
): ScenarioResult => ({
  scenario,
  title: scenario,
  verdict,
  why: null,
  from: START,
  to: START + 12_000,
  shortened,
  faults: [{ page: "p", fault: 1, name: "offline", from: START, until: START + 5_000 }],
  expectations,
  missed: [],
});

const card = (...results: ScenarioResult[]): Scorecard =>
  newScorecard(
    { hubscope: "0.2.0", madeAt: START, url: "https://board.example/", browser: "chromium" },
    results,
  );

describe("a verdict", () => {
  it.each([
    [["pass", "pass"], 0, "pass"],
    [["pass", "warn"], 0, "warn"],
    [["warn", "fail", "error"], 0, "fail"],
    [["pass", "error"], 0, "error"],
    [["pass", "cant-tell"], 0, "cant-tell"],
    [["pass", "not-applicable"], 0, "pass"],
    [["pass"], 1, "warn"],
    [["fail"], 1, "fail"],
    [[], 0, "cant-tell"],
  ] as const)("of %j with %d waits that reached their limit is %s", (verdicts, missed, verdict) => {
    expect(
      overall(
        verdicts.map((one) => ({ verdict: one })),
        missed,
      ).verdict,
    ).toBe(verdict);
  });
});

describe("a scorecard", () => {
  it("sums up verdicts, and counts results without a verdict separately", () => {
    const all = ["pass", "pass", "warn", "fail", "cant-tell", "not-applicable", "error", "stopped"] as const;
    expect(summarize(all.map((verdict) => result(verdict, verdict)))).toMatchObject({
      verdict: "fail",
      say: "2 of 4 scenarios passed, 1 with a warning, 1 failed, 3 without a verdict, 1 not applicable here.",
    });
    expect(summarize([result("a", "not-applicable")])).toMatchObject({
      verdict: null,
      say: "No scenario could be evaluated, 1 not applicable here.",
    });
    expect(summarize([result("a", "pass")]).verdict).toBe("pass");
  });

  it("keeps the newest result of each scenario, in the same position", () => {
    const before = card(result("a", "fail"), result("b", "pass"));
    const after = withResult(withResult(before, result("a", "pass")), result("c", "warn"));
    expect(after.results.map(({ scenario, verdict }) => [scenario, verdict])).toEqual([
      ["a", "pass"],
      ["b", "pass"],
      ["c", "warn"],
    ]);
  });

  it("is read unchanged after writing", () => {
    const written = card(result("a", "warn", [expected("recovered", "warn", 12)], ["suspend: shorter"]));
    expect(readScorecard(JSON.parse(JSON.stringify(written)))).toEqual(written);
  });

  it("is rejected if anything in it is invalid", () => {
    const whole = card(result("a", "pass", [expected("recovered", "pass", 12)]));
    const text = JSON.stringify(whole);
    const broken = (part: string, by: string): unknown => {
      expect(text).toContain(part);
      return readScorecard(JSON.parse(text.replace(part, by)));
    };
    for (const value of ["null", '"x"', "-1", "[]", "{}"]) {
      expect(broken('"verdict":"pass"', `"verdict":${value}`)).toBe("The scorecard is damaged.");
      expect(broken(`"from":${START}`, `"from":${value}`)).toBe("The scorecard is damaged.");
      expect(broken('"name":"offline"', `"name":${value}`)).toBe("The scorecard is damaged.");
      expect(broken('"that":"recovered"', `"that":${value}`)).toBe("The scorecard is damaged.");
      expect(broken('"evidence":[', `"evidence":[${value},`)).toBe("The scorecard is damaged.");
    }
    expect(broken('"version":1', '"version":2')).toMatch(/Update Hubscope/);
    expect(readScorecard({ format: "hubscope-recording" })).toBe("This is not a scorecard of Hubscope.");
  });

  it("is part of the recording file; if it is damaged, the file opens without it", () => {
    const events = script().connected().events;
    const pages = [{ page: "p", recording: "p", url: "https://board.example/", events }];
    const meta = { exportedAt: "2026-11-24T10:00:00Z", hubscope: "0.2.0" };
    const scorecard = card(result("a", "pass", [expected("recovered", "pass", 12)]));
    const read = readRecordingFile(writeRecordingFile(pages, { ...meta, scorecard }));
    expect(read).toMatchObject({ ok: true, file: { scorecard } });
    const damaged = writeRecordingFile(pages, { ...meta, scorecard }).replace('"chromium"', '"lynx"');
    const without = readRecordingFile(damaged);
    expect(without.ok && "scorecard" in without.file).toBe(false);
  });

  it("is written to the file without secrets", () => {
    const secret = "https://board.example/?access_token=abcdef0123456789";
    const scorecard = { ...card(result("a", "pass")), url: secret };
    expect(writeRecordingFile([], { exportedAt: "", hubscope: "", scorecard })).not.toContain(
      "abcdef0123456789",
    );
  });
});

describe("two scorecards", () => {
  it("show which scenarios became better and which worse", () => {
    const before = card(
      result("wifi", "fail", [
        expected("recovered", "fail", 40_000),
        expected("retries-jittered", "warn", 0, "%"),
      ]),
      result("crash", "pass", [expected("recovered", "pass", 3_000)]),
      result("gone", "pass"),
      result("same", "warn", [expected("recovered", "pass", 3_000)]),
    );
    const after = card(
      result("wifi", "pass", [
        expected("recovered", "pass", 4_000),
        expected("retries-jittered", "pass", 40, "%"),
      ]),
      result("crash", "warn", [expected("recovered", "warn", 12_000)]),
      result("same", "warn", [expected("recovered", "pass", 3_200)]),
      result("new", "pass"),
    );
    const compared = compareScorecards(before, after);
    expect(compared).toMatchObject({ better: 1, worse: 1 });
    expect(
      compared.scenarios.map(({ scenario, change, figures }) => [
        scenario,
        change,
        figures.map((one) => one.change),
      ]),
    ).toEqual([
      ["wifi", "better", ["better", "better"]],
      ["crash", "worse", ["worse"]],
      ["same", "same", ["same"]],
      ["new", "new", []],
      ["gone", "gone", []],
    ]);
  });

  it("are not compared where one was a quick run, or has no verdict", () => {
    const quick = card(result("a", "pass", [], ["shorter"]), result("b", "cant-tell"), result("c", "error"));
    const real = card(result("a", "fail"), result("b", "fail"), result("c", "error"));
    expect(compareScorecards(quick, real).scenarios).toMatchObject(
      [
        { change: "unknown", unlike: /different modes/ },
        { change: "unknown", unlike: null },
        { change: "same", unlike: null },
      ].map(({ change }) => ({ change })),
    );
    expect(compareScorecards(quick, real).scenarios[0]?.unlike).toMatch(/different modes/);
  });
});

describe("the report", () => {
  const meta = { hubscope: "0.2.0", exportedAt: START, style: "" };
  const report = (scorecard?: Scorecard): string =>
    writeHtmlReport(script().connected().reduce(), { ...meta, ...(scorecard ? { scorecard } : {}) }).replace(
      /\s+/g,
      " ",
    );

  it("has a section for the scorecard, with escaped texts", () => {
    const hostile = result(
      "a",
      "fail",
      [{ ...expected("recovered", "fail", 40_000), say: "<script>alert(1)</script>" }],
      ["shorter"],
    );
    const text = report(card(hostile, { ...result("b", "not-applicable"), why: "No connection here." }));
    expect(text).toContain("<h2>Scenarios</h2>");
    expect(text).toContain("0 of 1 scenario passed, 1 failed, 1 not applicable here.");
    expect(text).toContain("40 s");
    expect(text).toContain("&lt;script>alert(1)&lt;/script>");
    expect(text).toContain("Quick mode: shorter.");
    expect(text).toContain("offline at 10:00:00.000");
  });

  it("has no such section without a scorecard", () => {
    expect(report()).not.toContain("<h2>Scenarios</h2>");
    expect(report(card())).not.toContain("<h2>Scenarios</h2>");
  });
});
