import { readFile } from "node:fs/promises";

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** What we use of vitest's JSON report. */
interface Report {
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Counts a report. A run that failed without any test failing (a file didn't load, an error escaped) counts as one. */
export function tallyOf(report: Report, succeeded: boolean): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    for (const { status } of file.assertionResults) {
      if (status === "passed") tally.passed++;
      else if (status === "failed") tally.failed++;
      else tally.skipped++;
    }
    const fileItself =
      file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed");
    if (fileItself) tally.failed++;
  }
  if (!succeeded && tally.failed === 0) tally.failed++;
  return tally;
}

export async function readTally(file: string, succeeded: boolean): Promise<Tally> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    // The run ended before it could report: by a crash, or with nothing to do.
    return { passed: 0, failed: succeeded ? 0 : 1, skipped: 0 };
  }
  return tallyOf(JSON.parse(text) as Report, succeeded);
}

export function addTallies(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

export function formatTally({ passed, failed, skipped }: Tally): string {
  const line = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped > 0 ? `${line}, ${String(skipped)} skipped` : line;
}
