/** `hubscope record`: the main job without DevTools and without the extension. */
import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { finished } from "node:stream/promises";
import { counted, duration } from "../../core/text/format.ts";
import type { Milliseconds } from "../../core/units.ts";
import type { HubscopePage } from "../../npm/hubscope-page.ts";
import type { Context } from "../context.ts";
import { EXIT, Failure, reasonOf, type ExitCode } from "../exit.ts";
import { writeWholeFile } from "../files/write-file.ts";
import { report } from "../report/report.ts";
import { note, plain, styleFor, write } from "../terminal.ts";
import { openPage, type BrowserOptions, type OpenedPage } from "./browser-page.ts";
import { readAddress, readScenarios, readTime } from "./read-options.ts";

export interface RecordOptions extends BrowserOptions {
  readonly output: string;
  readonly for: string;
  readonly scenario?: string;
}

type ScenarioResult = Awaited<ReturnType<HubscopePage["run"]>>;

/** A page that needs longer is recorded anyway. */
const LONGEST_LOAD: Milliseconds = 60_000;

export async function record(address: string, options: RecordOptions, context: Context): Promise<ExitCode> {
  const url = readAddress(address);
  const time = readTime(options.for);
  const scenarios = readScenarios(options.scenario);
  await canBeWritten(options.output);
  const interrupted = context.untilInterrupted();
  const opened = await openPage(options);
  try {
    const status = await load(opened, url);
    if (status !== null && status >= 400) note(context, `the page answered ${status}.`);
    const results =
      scenarios.length > 0
        ? await runAll(opened, scenarios, interrupted, context)
        : await wait(opened, time, interrupted, context);
    const kept = await collect(opened.hubscope, context);
    if (kept.length === 0) {
      const at = plain(`${url.origin}${url.pathname}`);
      note(
        context,
        `no SignalR connection was seen at ${at}: nothing is written. Does the page need a sign-in? See --profile.`,
      );
      return EXIT.failed;
    }
    await keep(kept, options.output, context);
    return results.some(({ verdict }) => verdict === "fail" || verdict === "error") ? EXIT.found : EXIT.ok;
  } finally {
    await opened.close().catch(() => undefined);
  }
}

/** Before minutes are recorded for nothing. */
async function canBeWritten(output: string): Promise<void> {
  const folder = path.dirname(path.resolve(output));
  try {
    if (output === "" || (await stat(path.resolve(output)).catch(() => null))?.isDirectory())
      throw new Error("name a file, not a folder");
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new Failure(`${output}: ${reasonOf(error)}`);
  }
}

/** @returns the status of the page; null: not known */
async function load({ page }: OpenedPage, url: URL): Promise<number | null> {
  try {
    return (await page.goto(url.href, { waitUntil: "load", timeout: LONGEST_LOAD }))?.status() ?? null;
  } catch (error) {
    // A page that loads for ever may be connected long since.
    if (error instanceof Error && error.name === "TimeoutError") return null;
    throw new Failure(`${url.origin} can't be opened: ${plain(reasonOf(error))}`);
  }
}

async function wait(
  { gone }: OpenedPage,
  time: Milliseconds,
  interrupted: Promise<void>,
  context: Context,
): Promise<readonly ScenarioResult[]> {
  note(context, `recording for ${duration(time)}; Ctrl+C ends it earlier.`);
  const aborter = new AbortController();
  await Promise.race([interrupted, gone, after(time, aborter.signal)]);
  aborter.abort();
  return [];
}

const after = (time: Milliseconds, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, time);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** One after the other, until the user has enough. */
async function runAll(
  { hubscope, gone }: OpenedPage,
  scenarios: readonly string[],
  interrupted: Promise<void>,
  context: Context,
): Promise<readonly ScenarioResult[]> {
  const style = styleFor(context.stderr, context.env);
  const results: ScenarioResult[] = [];
  let enough = false;
  const ended = Promise.race([interrupted, gone]).then(async () => {
    enough = true;
    await hubscope.end().catch(() => undefined);
  });
  const run = async (): Promise<void> => {
    await hubscope.connected();
    for (const name of scenarios) {
      if (enough) return;
      note(context, `scenario ${name}…`);
      const result = await hubscope.run(name);
      results.push(result);
      const colour = result.verdict === "pass" ? "green" : result.verdict === "fail" ? "red" : "yellow";
      note(
        context,
        `scenario ${name}: ${style(colour, result.verdict)}${result.why === null ? "" : `, ${plain(result.why)}`}`,
      );
      for (const { verdict, title, say } of result.expectations)
        if (verdict !== "pass") note(context, `  ${plain(title)}: ${plain(say)}`);
    }
  };
  await Promise.race([run(), ended]).catch((error: unknown) => {
    note(context, plain(reasonOf(error)));
    throw new Failure("the scenarios could not be run");
  });
  return results;
}

/** The recordings of all documents of the page in which SignalR was seen. */
async function collect(hubscope: HubscopePage, context: Context): Promise<readonly string[]> {
  const all = await hubscope.recordings().catch((error: unknown) => {
    throw new Failure(`the recording can't be read from the page: ${plain(reasonOf(error))}`);
  });
  if (hubscope.lost > 0)
    note(
      context,
      `${counted(hubscope.lost, "page")} left before its recording could be read: it is missing.`,
    );
  return all
    .map((one) => JSON.stringify(one))
    .filter((text) => /"kind":"(?:negotiate|socket|hub|legacy)"/.test(text));
}

/** A navigation ends a document: each has a recording of its own. */
async function keep(recordings: readonly string[], output: string, context: Context): Promise<void> {
  for (const [i, text] of recordings.entries()) {
    const file = recordings.length === 1 ? output : numbered(output, i + 1);
    await writeWholeFile(file, async (into) => {
      into.end(file.endsWith(".gz") ? gzipSync(text) : text);
      await finished(into);
    });
    note(context, `written: ${plain(file)}`);
    if (i > 0) await write(context.stdout, "\n");
    await report([file], { format: "txt", payloads: false }, context);
  }
}

/** "out.json" is "out-2.json". */
function numbered(file: string, number: number): string {
  const { dir, name, ext } = path.parse(file.replace(/\.gz$/, ""));
  return path.join(dir, `${name}-${number}${ext}${file.endsWith(".gz") ? ".gz" : ""}`);
}
