/** How a test of an app's resilience looks with Puppeteer. docs/ci.md shows the same with Playwright. */
import type { Browser } from "puppeteer-core";
import type { ScenarioResult } from "../../content-script/page-build/api.ts";

export interface Trial {
  /** Of the app's page. */
  readonly url: string;
  /** Text of `hubscope.js`. */
  readonly hubscope: string;
  /** Name of a scenario, or one of your own. */
  readonly scenario: string | object;
  /** For the slowest part of the scenario; 5 minutes when absent. */
  readonly patienceMilliseconds?: number;
}

export interface TriedScenario {
  readonly result: ScenarioResult;
  /** A file for the panel. */
  readonly recording: object;
}

/** Opens the app in a fresh context, waits until it is connected, and puts it through the scenario. */
export async function tryScenario(
  browser: Browser,
  { url, hubscope, scenario, patienceMilliseconds = 300_000 }: Trial,
): Promise<TriedScenario> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMilliseconds);
    await page.evaluateOnNewDocument(hubscope);
    await page.goto(url);
    await page.evaluate(() => window.__hubscope.connected());
    const result = await page.evaluate((one) => window.__hubscope.run(one, { quick: true }), scenario);
    const recording = await page.evaluate(() => window.__hubscope.recording());
    return { result, recording };
  } finally {
    await context.close();
  }
}
