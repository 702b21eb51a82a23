/** `hubscope check`: fails when recordings have findings, or scenarios that were not passed. */
import { pipeline } from "node:stream/promises";
import type { Context } from "../context.ts";
import { EXIT, Failure, type ExitCode } from "../exit.ts";
import { withFile } from "../files/open-file.ts";
import { writeWholeFile } from "../files/write-file.ts";
import { note, styleFor, write } from "../terminal.ts";
import { checkFile, type CheckedFile, type UnreadFile } from "./checked.ts";
import { junitOf } from "./junit.ts";
import { fails, readFailOn, severityOf } from "./levels.ts";
import { sarifOf } from "./sarif.ts";
import { textOf } from "./text.ts";

export interface CheckOptions {
  readonly failOn: string;
  readonly junit?: string;
  readonly sarif?: string;
}

/** All files are checked, and both reports written, whatever is found. */
export async function check(
  names: readonly string[],
  { failOn: level, junit, sarif }: CheckOptions,
  context: Context,
): Promise<ExitCode> {
  const failOn = readFailOn(level);
  const files: CheckedFile[] = [];
  const unread: UnreadFile[] = [];
  const style = styleFor(context.stdout, context.env);
  for (const name of names) {
    try {
      const file = await withFile(name, context, checkFile);
      files.push(file);
      await write(context.stdout, `${files.length > 1 ? "\n" : ""}${textOf(file, style)}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      note(context, error.message);
      unread.push({ name, problem: error.message.slice(error.message.indexOf(": ") + 2) });
    }
  }
  if (junit !== undefined) await writeReport(junit, junitOf(files, unread, failOn));
  if (sarif !== undefined) await writeReport(sarif, sarifOf(files, unread, context.version, process.cwd()));
  if (unread.length > 0) return EXIT.failed;
  const isBad = files.some(
    ({ found, scenarios }) =>
      found.some(({ answer }) => fails(answer.severity, failOn)) ||
      scenarios.some((one) => fails(severityOf(one), failOn)),
  );
  return isBad ? EXIT.found : EXIT.ok;
}

const writeReport = (path: string, text: string): Promise<void> =>
  writeWholeFile(path, (into) => pipeline([text], into));
