/** `hubscope check`: fails when recordings have findings, or scenarios that were not passed. */
import { pipeline } from "node:stream/promises";
import type { Context } from "../context.ts";
import { EXIT, Failure, usageError, type ExitCode } from "../exit.ts";
import { withFile } from "../files/open-file.ts";
import { isSameFile, writeWholeFile } from "../files/write-file.ts";
import { forTerminal, note, styleFor, write } from "../terminal.ts";
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
  await refuseSame(names, [junit, sarif]);
  // One of the reports may have standard output for itself.
  const to = [junit, sarif].includes("-") ? context.stderr : context.stdout;
  const style = styleFor(to, context.env);
  for (const name of names) {
    try {
      const file = await withFile(name, context, checkFile);
      files.push(file);
      unread.push(...file.warnings.map((problem) => ({ name: file.name, problem })));
      await write(to, `${files.length > 1 ? "\n" : ""}${textOf(file, style)}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      note(context, error.message);
      unread.push({ name, problem: error.message.slice(error.message.indexOf(": ") + 2) });
    }
  }
  if (junit !== undefined) await writeReport(junit, junitOf(files, unread, failOn), context);
  if (sarif !== undefined)
    await writeReport(sarif, sarifOf(files, unread, context.version, process.cwd()), context);
  if (unread.length > 0) return EXIT.failed;
  const isBad = files.some(
    ({ found, scenarios }) =>
      found.some(({ answer }) => fails(answer.severity, failOn)) ||
      scenarios.some((one) => fails(severityOf(one), failOn)),
  );
  return isBad ? EXIT.found : EXIT.ok;
}

const writeReport = (path: string, text: string, { stdout }: Context): Promise<void> =>
  path === "-"
    ? write(stdout, stdout.isTTY === true ? forTerminal(text) : text)
    : writeWholeFile(path, (into) => pipeline([text], into));

/** One would be written over the other. */
async function refuseSame(
  names: readonly string[],
  [junit, sarif]: readonly [string | undefined, string | undefined],
): Promise<void> {
  if (junit !== undefined && sarif !== undefined && (junit === sarif || (await isSameFile(junit, sarif))))
    throw usageError("--junit and --sarif name the same file.");
  for (const report of [junit, sarif].filter((one) => one !== undefined)) {
    if (report === "") throw usageError("--junit and --sarif need the name of a file.");
    if (report === "-") continue;
    for (const name of names)
      if (name !== "-" && (await isSameFile(report, name)))
        throw usageError(`${report} is the recording itself: name another file.`);
  }
}
