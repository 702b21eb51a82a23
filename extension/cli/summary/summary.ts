/** `hubscope summary`: what thousands of recordings say together. */
import { readdir, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { whole } from "../../core/text/format.ts";
import type { Context } from "../context.ts";
import { EXIT, Failure, reasonOf, usageError, type ExitCode } from "../exit.ts";
import { jsonFor, note, plain, styleFor, write } from "../terminal.ts";
import { summaryText } from "./text.ts";
import { createSumming } from "./totals.ts";
import { readAll } from "./workers.ts";

export interface SummaryOptions {
  readonly json?: true;
  readonly jobs?: string;
}

const PROGRESS_EVERY = 100;

export async function summary(
  folders: readonly string[],
  { json, jobs }: SummaryOptions,
  context: Context,
): Promise<ExitCode> {
  const workers = readJobs(jobs);
  const files = (await Promise.all(folders.map(recordingsIn))).flat();
  if (files.length === 0)
    throw new Failure(`${folders.join(", ")}: there are no recordings (.json, .json.gz or .har).`);
  const summing = createSumming();
  const progress = showProgress(files.length, context);
  await readAll(files, workers, (facts) => {
    summing.add(facts);
    progress.step();
  });
  progress.end();
  const totals = summing.totals();
  const style = styleFor(context.stdout, context.env);
  await write(context.stdout, json ? jsonFor(context.stdout, totals) : summaryText(totals, style));
  if (totals.recordings > 0) return EXIT.ok;
  note(context, "none of the files could be read.");
  return EXIT.failed;
}

function readJobs(text: string | undefined): number {
  if (text === undefined) return os.availableParallelism();
  if (!/^[1-9]\d{0,2}$/.test(text)) throw usageError("--jobs is a number from 1 to 999.");
  return Number(text);
}

/** In a folder and all folders in it. A file may also be named itself. */
async function recordingsIn(named: string): Promise<string[]> {
  try {
    if (!(await stat(named)).isDirectory()) return [named];
    const entries = await readdir(named, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(?:json|har)(?:\.gz)?$/i.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    throw new Failure(`${named}: ${reasonOf(error)}`);
  }
}

/** Only on a terminal. */
function showProgress(all: number, { stderr }: Context): { step(): void; end(): void } {
  if (stderr.isTTY !== true) return { step: () => undefined, end: () => undefined };
  let done = 0;
  let shownAt = 0;
  return {
    step() {
      done++;
      const now = performance.now();
      if (now - shownAt < PROGRESS_EVERY) return;
      shownAt = now;
      stderr.write(`\r${plain(`${whole(done)} of ${whole(all)} recordings`)}\u001b[K`);
    },
    end: () => void stderr.write("\r\u001b[K"),
  };
}
