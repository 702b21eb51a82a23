import { describe, expect, it } from "vitest";
import { formatTally, tallyOf } from "../../tally.ts";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe("tallyOf", () => {
  it("counts each test once", () => {
    const testResults = [file("passed", "passed", "skipped", "todo"), file("failed", "failed", "passed")];
    expect(tallyOf({ testResults }, false)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it("counts a file that didn't load as a failure", () => {
    expect(tallyOf({ testResults: [file("failed"), file("passed", "passed")] }, false).failed).toBe(1);
  });

  it("counts an error that belongs to no test as a failure", () => {
    expect(tallyOf({ testResults: [file("passed", "passed")] }, false).failed).toBe(1);
  });
});

describe("formatTally", () => {
  it("names skipped tests only when there are some", () => {
    expect(formatTally({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
    expect(formatTally({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
  });
});
