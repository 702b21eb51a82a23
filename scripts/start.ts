/**
 * `npm start`: builds the extension, starts the embedded hub and the demo page, and opens a browser with both in front. With
 * `--headless`, or without a display, it runs the main job unattended instead: record, break, suspend, recover, export. With
 * `--scenarios` it runs scenarios on the demo app instead.
 */
import { hasDisplay } from "../extension/cli/record/system.ts";
import { parseArgs } from "node:util";
import { launchBrowser, type BrowserName, type TestBrowser } from "../test/harness/browser/index.ts";
import { startDemo } from "../test/harness/demo/serve.ts";
import { startNodeHub } from "../test/harness/hubs/node/node-hub.ts";
import { ensureBrowser } from "./browsers.ts";
import type { Scenario } from "../extension/core/scenarios/scenario.ts";
import { buildExtension } from "./build.ts";
import { runMainJob } from "./main-job.ts";
import { chosenScenarios, runScenariosJob } from "./scenarios-job.ts";

const HELP = `npm start [-- OPTIONS]

  --browser chromium|firefox   the browser to use (chromium)
  --headless                   no window: do the main job unattended, print a summary, leave files
                               (also without this option where there is no display)
  --scenarios all|NAME,NAME    unattended: these scenarios with the good and the bad settings of the demo app
  --out DIR                    where an unattended run leaves its files (out): recording.json, report.html and panel.png;
                               or scorecard, recording and report of the good and of the bad app
  --help                       this text
`;

interface Options {
  readonly browser: BrowserName;
  readonly headless: boolean;
  /** null: the main job. */
  readonly scenarios: readonly Scenario[] | null;
  readonly out: string;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      browser: { type: "string", default: "chromium" },
      headless: { type: "boolean", default: false },
      scenarios: { type: "string" },
      out: { type: "string", default: "out" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  if (values.browser !== "chromium" && values.browser !== "firefox")
    throw new Error(`--browser is chromium or firefox, not ${JSON.stringify(values.browser)}.`);
  return {
    browser: values.browser,
    headless: values.headless || !hasDisplay(),
    scenarios: values.scenarios === undefined ? null : chosenScenarios(values.scenarios),
    out: values.out,
  };
}

async function start(options: Options): Promise<number> {
  const executable = ensureBrowser(options.browser);
  if (options.scenarios === null) return showOrDoMainJob(options, executable);
  const hub = await startNodeHub();
  const demo = await startDemo({ hubUrl: hub.url });
  try {
    const { browser, scenarios, out } = options;
    return await runScenariosJob({ browser, executable, pageUrl: demo.url, scenarios, out });
  } finally {
    await demo.stop();
    await hub.stop();
  }
}

async function showOrDoMainJob(
  { browser: name, headless, out }: Options,
  executable: string,
): Promise<number> {
  console.log("Building the extension…");
  const { outDir: extensionDir } = await buildExtension({
    browser: name === "chromium" ? "chrome" : "firefox",
  });
  const hub = await startNodeHub();
  const demo = await startDemo({ hubUrl: hub.url });
  try {
    if (headless)
      return await runMainJob({ browser: name, executable, extensionDir, pageUrl: demo.url, out });
    const browser = await launchBrowser(name, {
      extensionDir,
      executable,
      headless: false,
      devtools: true,
      dock: "bottom",
    });
    await browser.newPage(demo.url);
    console.log(`The demo page is open at ${demo.url}, and its SignalR panel in DevTools.`);
    console.log("Close the browser, or press Ctrl+C, to stop.");
    await closedOrInterrupted(browser);
    return 0;
  } finally {
    await demo.stop();
    await hub.stop();
  }
}

async function closedOrInterrupted(browser: TestBrowser): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
  await Promise.race([browser.closed(), interrupted]);
  await browser.close();
}

try {
  const options = readOptions();
  if (options) process.exitCode = await start(options);
  else console.log(HELP);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
