import { describe, expect, it } from "vitest";
import { addResults, formatFailures, formatTally, readResult, resultOf, type Report } from "../../tally.ts";

const test = (state: string, name = "a test", ...errors: string[]) => ({ name, state, errors });
const file = (tests: ReturnType<typeof test>[], ...errors: string[]) => ({
  file: "test/a.test.ts",
  tests,
  errors,
});
const report = (...files: Report["files"]): Report => ({ files, errors: [] });

describe("the result of a run", () => {
  it("counts each test once", () => {
    const { tally } = resultOf(
      report(
        file([test("passed"), test("skipped"), test("pending")]),
        file([test("failed"), test("passed")]),
      ),
      false,
    );
    expect(tally).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it("counts a file that didn't load as a failure, with its message", () => {
    const { tally, failures } = resultOf(report(file([], "SyntaxError: no"), file([test("passed")])), false);
    expect(tally.failed).toBe(1);
    expect(failures).toEqual([{ file: "test/a.test.ts", errors: ["SyntaxError: no"] }]);
  });

  it("counts an error that belongs to no test as a failure, with its message", () => {
    const { tally, failures } = resultOf(
      { ...report(file([test("passed")])), errors: ["Error: later"] },
      false,
    );
    expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(failures).toEqual([{ errors: ["Error: later"] }]);
  });

  it("is a failure if the run ended without a report", async () => {
    const result = await readResult("/no/such/file", false, "unit");
    expect(result.tally.failed).toBe(1);
    expect(formatFailures(result.failures)).toContain("The run of unit ended without a report");
    expect((await readResult("/no/such/file", true, "unit")).tally.failed).toBe(0);
  });

  it("is added to those of other runs", () => {
    const one = resultOf(report(file([test("failed", "one"), test("passed")])), false);
    const two = resultOf(report(file([test("failed", "two"), test("skipped")])), false);
    const { tally, failures } = addResults(one, two);
    expect(tally).toEqual({ passed: 1, failed: 2, skipped: 1 });
    expect(failures.map(({ name }) => name)).toEqual(["one", "two"]);
  });
});

describe("what failed is named at the end", () => {
  const shown = (...errors: string[]): string[] =>
    formatFailures([{ file: "test/a.test.ts", name: "adds > numbers", errors }]).split("\n");

  it("with its file, its name and its message, without colours", () => {
    expect(shown("AssertionError: expected \u001b[31m1\u001b[39m to be 2")).toEqual([
      "FAILED test/a.test.ts > adds > numbers",
      "    AssertionError: expected 1 to be 2",
      "",
    ]);
  });

  it("with the first lines of a long message, and always with the seed", () => {
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
    const seed = '{ seed: -1533170208, path: "0", endOnFailure: true }';
    expect(shown([...lines, seed, "more"].join("\n")).slice(1, -1)).toEqual(
      [...lines.slice(0, 6), seed].map((line) => `    ${line}`),
    );
  });

  it("with the beginning of a long line", () => {
    expect(shown("x".repeat(5_000))[1]?.length).toBeLessThan(400);
  });

  it("only if something failed", () => {
    expect(formatFailures([])).toBe("");
  });
});

describe("the closing line", () => {
  it("names skipped tests only when there are some", () => {
    expect(formatTally({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
    expect(formatTally({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
  });
});
