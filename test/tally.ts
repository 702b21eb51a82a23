import { readFile } from "node:fs/promises";

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** What one run of vitest reports: see report.ts. */
export interface Report {
  readonly files: readonly TestFile[];
  /** The messages of errors that belong to no file. */
  readonly errors: readonly string[];
}

interface TestFile {
  readonly file: string;
  readonly tests: readonly {
    readonly name: string;
    readonly state: string;
    readonly errors: readonly string[];
  }[];
  /** Messages that belong to none of its tests: it didn't load, or a hook failed. */
  readonly errors: readonly string[];
}

/** A failed test, or a file or run that failed without one. */
interface Failure {
  readonly file?: string;
  readonly name?: string;
  readonly errors: readonly string[];
}

/** The counts of one run or of several, and all that failed in them. */
export interface Result {
  readonly tally: Tally;
  readonly failures: readonly Failure[];
}

/** A run that failed without any test failing (a file didn't load, an error escaped) counts as one failure. */
export function resultOf(report: Report, succeeded: boolean): Result {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const failures: Failure[] = [];
  for (const { file, tests, errors } of report.files) {
    for (const { name, state, errors: own } of tests) {
      if (state === "passed") tally.passed++;
      else if (state !== "failed") tally.skipped++;
      else failures.push({ file, name, errors: own });
    }
    if (errors.length > 0) failures.push({ file, errors });
    const failed = tests.filter(({ state }) => state === "failed").length;
    tally.failed += failed === 0 && errors.length > 0 ? 1 : failed;
  }
  if (report.errors.length > 0) failures.push({ errors: report.errors });
  if (!succeeded && tally.failed === 0) tally.failed++;
  return { tally, failures };
}

/** @param run names the run if it ended before it could report */
export async function readResult(reportFile: string, succeeded: boolean, run: string): Promise<Result> {
  let text: string;
  try {
    text = await readFile(reportFile, "utf8");
  } catch {
    // By a crash, or with nothing to do.
    const failures = succeeded ? [] : [{ errors: [`The run of ${run} ended without a report: see above.`] }];
    return { tally: { passed: 0, failed: failures.length, skipped: 0 }, failures };
  }
  return resultOf(JSON.parse(text) as Report, succeeded);
}

export function addResults(a: Result, b: Result): Result {
  return {
    tally: {
      passed: a.tally.passed + b.tally.passed,
      failed: a.tally.failed + b.tally.failed,
      skipped: a.tally.skipped + b.tally.skipped,
    },
    failures: [...a.failures, ...b.failures],
  };
}

/** The lines of a message that are shown. Those of fast-check have the seed in the second. */
const MAX_LINES = 6;
const MAX_LENGTH = 300;

/** What failed, by name, for a reader who sees only the end of the output. */
export function formatFailures(failures: readonly Failure[]): string {
  const blocks = failures.map(({ file, name, errors }) => {
    const title = [file, name].filter((part) => part !== undefined).join(" > ");
    return [title || "An error outside of all tests", ...errors.flatMap(beginningOf)].join("\n");
  });
  return blocks.map((block) => `FAILED ${block.replaceAll("\n", "\n    ")}\n`).join("");
}

function beginningOf(message: string): string[] {
  const lines = plain(message)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const shown = lines.filter((line, i) => i < MAX_LINES || /\bseed: /.test(line));
  return shown.map((line) => (line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line));
}

/** Without the colours of a terminal. */
// eslint-disable-next-line no-control-regex -- they begin with this character
const plain = (text: string): string => text.replaceAll(/\u001b\[[\d;]*m/g, "");

export function formatTally({ passed, failed, skipped }: Tally): string {
  const line = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped > 0 ? `${line}, ${String(skipped)} skipped` : line;
}
