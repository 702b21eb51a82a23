/** Example: a test of an app's resilience with Puppeteer. docs/ci.md shows the same with Playwright. */
import type { Browser } from "puppeteer-core";
import type { ScenarioResult } from "../../content-script/page-build/api.ts";

export interface Trial {
  /** URL of the app's page. */
  readonly url: string;
  /** Source text of `hubscope.js`. */
  readonly hubscope: string;
  /** The name of a built-in scenario, or a scenario of your own. */
  readonly scenario: string | object;
  /** Time limit for the slowest part of the scenario; 5 minutes when absent. */
  readonly patienceMilliseconds?: number;
}

export interface TriedScenario {
  readonly result: ScenarioResult;
  /** The content of a recording file, which the panel can open. */
  readonly recording: object;
}

/** Opens the app in a new browser context, waits until it is connected, and runs the scenario. */
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
