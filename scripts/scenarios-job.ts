/**
 * Runs scenarios unattended, with a good and a bad version of the demo app, in a browser without the extension but with the
 * script for tests. The good one must pass, the bad one must fail.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { launchPlainBrowser } from "../test/ci-example/launch.ts";
import { tryScenario, type TriedScenario } from "../test/ci-example/try-scenario.ts";
import { createReducer } from "../extension/core/model/reducer.ts";
import { duration, LOCAL } from "../extension/core/text/format.ts";
import { writeHtmlReport } from "../extension/report/html-report.tsx";
import {
  readRecordingFile,
  writeRecordingFile,
  type RecordingFile,
} from "../extension/core/recording/recording-file.ts";
import { BUILT_IN_SCENARIOS } from "../extension/core/scenarios/built-ins.ts";
import type { Scenario } from "../extension/core/scenarios/scenario.ts";
import { summarize, type Scorecard } from "../extension/core/scenarios/scorecard.ts";
import { shorten } from "../extension/core/scenarios/shorten.ts";
import { buildPage } from "./page-build.ts";
import { reportStyle } from "./report-style.ts";

export interface ScenariosJob {
  readonly browser: "chromium" | "firefox";
  readonly executable: string;
  readonly pageUrl: string;
  readonly scenarios: readonly Scenario[];
  /** Output folder for scorecards, recordings and reports. */
  readonly out: string;
}

/** Options of the demo page, in its query. */
const APPS = {
  good: "reconnect=1&jitter=1&rejoin=1",
  bad: "reconnect=0&jitter=0&rejoin=0",
} as const;
type App = keyof typeof APPS;

/** Pages at a time: they mostly wait, but more would slow each other down while loading. */
const LANES = 5;

interface Outcome extends TriedScenario {
  readonly app: App;
  readonly scenario: Scenario;
}

/** `all`, or names separated by commas. */
export function chosenScenarios(list: string): readonly Scenario[] {
  if (list === "all") return BUILT_IN_SCENARIOS;
  return list.split(",").map((name) => {
    const found = BUILT_IN_SCENARIOS.find((one) => one.name === name.trim());
    if (found) return found;
    const names = BUILT_IN_SCENARIOS.map((one) => one.name).join(", ");
    throw new Error(`There is no scenario ${JSON.stringify(name)}. There are ${names}.`);
  });
}

/** @returns the exit code: 0 only if the good app passes and the bad one fails */
export async function runScenariosJob(job: ScenariosJob): Promise<number> {
  const from = Date.now();
  const { script } = await buildPage();
  const hubscope = await readFile(script, "utf8");
  await mkdir(job.out, { recursive: true });
  const trials = job.scenarios
    .flatMap((scenario) => (["good", "bad"] as const).map((app) => ({ app, scenario })))
    .sort((a, b) => atLeast(b.scenario) - atLeast(a.scenario));
  console.log(
    `${job.scenarios.length} scenarios in ${job.browser}, each with the good app and with the bad one`,
  );
  const browser = await launchPlainBrowser(job.browser, job.executable);
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let next = trials.shift(); next; next = trials.shift()) {
      const { app, scenario } = next;
      const url = `${job.pageUrl}?${APPS[app]}`;
      const tried = await tryScenario(browser, { url, hubscope, scenario: scenario.name });
      outcomes.push({ ...next, ...tried });
      const seconds = ((Date.now() - from) / 1_000).toFixed(0).padStart(4);
      console.log(`${seconds} s  ${app.padEnd(4)}  ${scenario.name.padEnd(22)}  ${inWords(tried)}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    await browser.close();
  }
  for (const app of ["good", "bad"] as const) await write(app, outcomes, job);
  return verdictOf(outcomes, job.scenarios, Date.now() - from);
}

/** How long its faults and pauses alone take. */
const atLeast = (scenario: Scenario): number =>
  shorten(scenario, "quick").steps.reduce(
    (sum, step) =>
      sum +
      (step.do === "pause" ? step.time : 0) +
      (step.do === "inject" && "duration" in step.fault ? (step.fault.duration ?? 0) : 0),
    0,
  );

function inWords({ result: { verdict, why, expectations } }: TriedScenario): string {
  const worst = expectations.find((one) => one.verdict === verdict && verdict !== "pass");
  const say = why ?? (worst ? `${worst.title}: ${worst.say}` : "");
  return say === "" ? verdict : `${verdict}: ${say}`;
}

/** Writes the scorecard, and its recordings as one file and as a report. */
async function write(
  app: App,
  outcomes: readonly Outcome[],
  { out, scenarios }: ScenariosJob,
): Promise<void> {
  const files = scenarios.flatMap((scenario) =>
    outcomes.filter((one) => one.app === app && one.scenario === scenario).map(readRecording),
  );
  const [first] = files;
  if (!first?.scorecard) throw new Error("The recordings hold no scorecard.");
  const scorecard: Scorecard = {
    ...first.scorecard,
    results: files.flatMap((file) => file.scorecard?.results ?? []),
  };
  const pages = files.flatMap((file) => file.pages);
  const reducer = createReducer();
  for (const { page, events } of pages) reducer.apply(page, events);
  const { hubscope, exportedAt } = first;
  const file = (name: string, text: string): Promise<void> => writeFile(path.join(out, name), text);
  await file(`scorecard-${app}.json`, `${JSON.stringify(scorecard, null, 2)}\n`);
  await file(`recording-${app}.json`, writeRecordingFile(pages, { hubscope, exportedAt, scorecard }));
  await file(
    `report-${app}.html`,
    writeHtmlReport(reducer.model, {
      hubscope,
      exportedAt: Date.parse(exportedAt),
      scorecard,
      style: await reportStyle(),
      zone: LOCAL,
    }),
  );
  console.log(`${app}: ${summarize(scorecard.results).say} ${path.join(out, `scorecard-${app}.json`)}`);
}

/** Checked like any imported file. */
function readRecording({ recording }: Outcome): RecordingFile {
  const read = readRecordingFile(JSON.stringify(recording));
  if (!read.ok) throw new Error(read.problem);
  return read.file;
}

function verdictOf(outcomes: readonly Outcome[], scenarios: readonly Scenario[], took: number): number {
  const of = (app: App, scenario: Scenario): Outcome | undefined =>
    outcomes.find((one) => one.app === app && one.scenario === scenario);
  const wrong: string[] = [];
  let judged = 0;
  for (const scenario of scenarios) {
    const good = of("good", scenario)?.result.verdict;
    if (good === "not-applicable") continue;
    judged++;
    if (good !== "pass") wrong.push(`${scenario.name}: the good app did not pass`);
    // A scenario that expects no loss at all can't detect the bad app.
    const loses = !scenario.steps.some((step) => step.do === "expect" && step.that === "stays-connected");
    if (loses && of("bad", scenario)?.result.verdict !== "fail")
      wrong.push(`${scenario.name}: the bad app was not caught`);
  }
  for (const line of wrong) console.error(line);
  console.log(`It took ${duration(took)}.`);
  return wrong.length === 0 && judged > 0 ? 0 : 1;
}
