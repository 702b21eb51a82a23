/** `hubscope/playwright`: Playwright's `test` and `expect`, with Hubscope in every page of the fixture `page`. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  expect as baseExpect,
  test as base,
  type Expect,
  type MatcherReturnType,
  type Page,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestInfo,
  type TestType,
} from "@playwright/test";
import type { ScenarioResult, SendOptions } from "../../content-script/page-build/api.ts";
import type { HubscopePage } from "./hubscope-page.ts";
import { installIn } from "./install.ts";
import { checkOptions, surviveMessage, type SurviveOptions } from "./survive.ts";
import { withEnvironment } from "./with-environment.ts";

export type { HubscopePage } from "./hubscope-page.ts";
export type { SurviveOptions } from "./survive.ts";

export interface HubscopeOptions {
  /** When the recordings of a test, and a report of each, are attached to it. "on-failure" when absent. */
  readonly attach?: "on-failure" | "always" | "never";
  /**
   * Sends the recordings of each test to a collector of OpenTelemetry at its end, for example `{ endpoint: "http://localhost:4318" }`.
   * Nothing is sent when absent. A test doesn't fail by it: what the collector hasn't taken is an annotation of the test.
   * Playwright writes options into its reports: a key is better in OTEL_EXPORTER_OTLP_HEADERS, which is read when there are no `headers`.
   */
  readonly otlp?: SendOptions;
}

export interface HubscopeFixtures {
  /** Set it with `test.use({ hubscopeOptions: { attach: "always" } })`. */
  hubscopeOptions: HubscopeOptions;
  /** Hubscope in the page of the test. */
  hubscope: HubscopePage;
}

/** As Playwright defines matchers: what comes behind the page is given to `expect(page).toSurvive(…)`. */
export interface HubscopeMatchers {
  /**
   * Waits until the page is connected, runs a scenario, and fails unless all its expectations are met. The time that the scenario takes
   * doesn't count for the timeout of the test.
   */
  toSurvive(page: Page, scenario: string | object, options?: SurviveOptions): Promise<MatcherReturnType>;
}

/** Enough for each built-in scenario at full speed. */
const LONGEST_SCENARIO = 300_000;

const installed = new WeakMap<Page, HubscopePage>();

/** Puts Hubscope into every document that this page opens from now on. The fixture `page` has it already. */
export async function install(page: Page): Promise<HubscopePage> {
  const known = installed.get(page);
  if (known) return known;
  const hubscope = await installIn({
    addScript: (source) => page.addInitScript({ content: source }),
    expose: (name, call) => page.exposeFunction(name, call),
    evaluate: (expression) => page.evaluate(expression),
  });
  installed.set(page, hubscope);
  return hubscope;
}

export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & HubscopeFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = base.extend<HubscopeFixtures>({
  hubscopeOptions: [{}, { option: true }],
  page: async ({ page, hubscopeOptions }, use, info) => {
    const hubscope = await install(page);
    await use(page);
    const { attach = "on-failure" } = hubscopeOptions;
    const failed = info.status !== info.expectedStatus;
    if (attach === "always" || (attach === "on-failure" && failed)) await attachRecordings(hubscope, info);
    if (hubscopeOptions.otlp) await sendAtEnd(hubscope, hubscopeOptions.otlp, info);
  },
  hubscope: async ({ page }, use) => use(await install(page)),
});

export const expect: Expect<HubscopeMatchers> = baseExpect.extend({
  async toSurvive(page: Page, scenario: string | object, options: SurviveOptions = {}) {
    const hubscope = installed.get(page);
    if (!hubscope)
      throw new Error(
        "toSurvive: Hubscope is not in this page. Use the fixture `page`, or call install(page).",
      );
    checkOptions(options);
    const { within, accept = ["pass"], quick = true, hub } = options;
    const result = await untimed(async () => {
      await hubscope.connected(within === undefined ? undefined : { within });
      return hubscope.run(scenario, { quick, ...(hub === undefined ? {} : { hub }) });
    });
    const pass = accept.includes(result.verdict);
    return { pass, name: "toSurvive", message: () => surviveMessage(result, accept, pass) };
  },
});

/** Gives the test as much more time as this takes. */
async function untimed(run: () => Promise<ScenarioResult>): Promise<ScenarioResult> {
  const info = base.info();
  const { timeout } = info;
  // 0: the test has no timeout.
  if (timeout === 0) return run();
  const began = Date.now();
  info.setTimeout(timeout + LONGEST_SCENARIO);
  try {
    return await run();
  } finally {
    info.setTimeout(timeout + Date.now() - began);
  }
}

async function attachRecordings(hubscope: HubscopePage, info: TestInfo): Promise<void> {
  const { analyze, readRecording, writeExport } = await import("./core.ts");
  const recordings = await hubscope.recordings();
  if (hubscope.lost > 0)
    info.annotations.push({
      type: "hubscope",
      description: `The recordings of ${hubscope.lost} earlier documents of the page are lost.`,
    });
  for (const [i, content] of recordings.entries()) {
    const recording = await readRecording(content).catch(() => null);
    // A document without events, such as about:blank.
    if (!recording || (recordings.length > 1 && (await analyze(recording)).hubs.length === 0)) continue;
    const name = recordings.length === 1 ? "hubscope" : `hubscope-${i + 1}`;
    await attachFile(info, `${name}.json`, JSON.stringify(content), "application/json");
    await attachFile(info, `${name}.html`, writeExport(recording, "html"), "text/html");
  }
}

/** As a file in the folder of the test: `npx hubscope check` finds it there, and no reporter prints it. */
async function attachFile(
  info: TestInfo,
  name: string,
  content: string | AsyncIterable<string>,
  contentType: string,
): Promise<void> {
  const file = info.outputPath(name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  await info.attach(name, { path: file, contentType });
}

async function sendAtEnd(hubscope: HubscopePage, given: SendOptions, info: TestInfo): Promise<void> {
  const { options, problem } = withEnvironment(given, process.env);
  const { problems } = await hubscope.send(options);
  const said = problems.map(({ url, message }) => `${url}: ${message}`);
  for (const description of problem === null ? said : [problem, ...said])
    info.annotations.push({ type: "hubscope", description });
}
