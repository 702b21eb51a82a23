/** `hubscope reproduce`: an interruption as a test for Playwright. */
import { pipeline } from "node:stream/promises";
import { looksLike } from "../../core/diagnosis/looks-like.ts";
import { downtimesOf } from "../../core/model/downtimes-of.ts";
import { hubName } from "../../core/model/hub-name.ts";
import type { Downtime, HubConnectionModel } from "../../core/model/types.ts";
import { dateTime, duration, LOCAL } from "../../core/text/format.ts";
import { playwrightTest } from "../../export/playwright/playwright-test.ts";
import { readWhole } from "../../export/whole-model.ts";
import type { Context } from "../context.ts";
import { EXIT, Failure, usageError, type ExitCode } from "../exit.ts";
import { withFile } from "../files/open-file.ts";
import { isSameFile, writeWholeFile } from "../files/write-file.ts";
import { forTerminal, plain, write } from "../terminal.ts";

export interface ReproduceOptions {
  /** Which one, in order of time. */
  readonly number?: string;
  /** A file, or "-". */
  readonly output?: string;
}

interface Listed {
  readonly one: Downtime;
  readonly hub: HubConnectionModel;
}

export async function reproduce(
  file: string,
  { number, output = "-" }: ReproduceOptions,
  context: Context,
): Promise<ExitCode> {
  if (output === "") throw usageError("--output is empty: name a file.");
  const text = await withFile(file, context, async ({ name, path, recording }) => {
    if (path !== null && output !== "-" && (await isSameFile(output, path)))
      throw usageError(`${output} is the recording itself: name another file.`);
    const { model } = await readWhole(recording);
    const all = model.hubs
      .flatMap((hub) => downtimesOf(hub).map((one): Listed => ({ one, hub })))
      .sort((a, b) => a.one.from - b.one.from);
    const { one, hub } = chosen(all, number, name, context);
    const test = playwrightTest(one, hub);
    if (!test.ok) throw new Failure(`${name}: ${test.why} ${test.instead}`);
    return test.text;
  });
  const { stdout } = context;
  if (output === "-") await write(stdout, stdout.isTTY === true ? forTerminal(text) : text);
  else await writeWholeFile(output, (into) => pipeline([text], into));
  return EXIT.ok;
}

function chosen(
  all: readonly Listed[],
  number: string | undefined,
  name: string,
  { stderr }: Context,
): Listed {
  if (all.length === 0) throw new Failure(`${name}: there are no interruptions in it.`);
  const only = all.length === 1 && number === undefined ? all[0] : undefined;
  const found = only ?? (/^\d+$/.test(number ?? "") ? all[Number(number) - 1] : undefined);
  if (found) return found;
  for (const [i, listed] of all.slice(0, MOST_LISTED).entries())
    stderr.write(plain(`${String(i + 1).padStart(3)}  ${inWords(listed)}`) + "\n");
  if (all.length > MOST_LISTED) stderr.write(`  … and ${all.length - MOST_LISTED} more\n`);
  throw usageError(
    number === undefined
      ? `${name}: choose one of these with --number.`
      : `${name}: there is no number ${number}.`,
  );
}

const MOST_LISTED = 100;

function inWords({ one, hub }: Listed): string {
  const gap = one.until === null ? "" : `, for ${duration(one.until - one.from)}`;
  return `${dateTime(one.from, LOCAL)}  ${hubName(hub)}  ${looksLike(one).title}${gap}`;
}
