/**
 * `npm run findings [-- --browser chromium|firefox] [--only TEXT] [--keep]`: runs small real apps against ASP.NET Core, lets
 * happen to them what shows each finding, and compares what Hubscope finds. Healthy apps must have no finding. Prints a table;
 * fails on a wrong answer. `--keep` writes the recordings that the unit tests replay.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureBrowser } from "../../scripts/browsers.ts";
import { buildExtension } from "../../scripts/build.ts";
import { projectRoot } from "../../scripts/paths.ts";
import { launchBrowser, type BrowserName } from "../harness/browser/index.ts";
import { serveClients } from "../harness/clients/serve.ts";
import { startAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import { isInstalled } from "../harness/situation/gateway.ts";
import type { World } from "../harness/situation/situation.ts";
import { isHealthy, type FindingRun } from "./finding-run.ts";
import { writeFixture } from "./fixture.ts";
import { foundIn, judge, onWire, resultsOf, type Judged } from "./judge.ts";
import { record } from "./record.ts";
import { RUNS } from "./runs/all.ts";
import { tableOf } from "./table.ts";

const { values } = parseArgs({
  options: {
    browser: { type: "string", default: "chromium" },
    only: { type: "string", default: "" },
    keep: { type: "boolean", default: false },
  },
});
const browserName: BrowserName = values.browser === "firefox" ? "firefox" : "chromium";
/** Several texts are separated by "|". */
const wanted = values.only.split("|");
const chosen = RUNS.filter(
  ({ name, only }) =>
    wanted.some((text) => name.includes(text)) && (only === undefined || only === browserName),
);
const hub = await startAspNetHub();
if (!hub) {
  console.log("skipped: no .NET SDK");
  process.exit(0);
}
ensureBrowser(browserName);
const { outDir } = await buildExtension({
  browser: browserName === "chromium" ? "chrome" : "firefox",
  outDir: `dist/findings-${browserName}`,
});
const world: World = {
  hub,
  clients: await serveClients(path.join(projectRoot, "test", "findings", "apps", "main.ts")),
  browser: await launchBrowser(browserName, { extensionDir: outDir }),
};
const probe: Judged[] = [];
const wire: Judged[] = [];
let healthy = 0;
const falseAlarms: string[] = [];
try {
  for (const run of chosen) await check(run);
} finally {
  await world.browser.close();
  await world.clients.stop();
  await world.hub.stop();
}
console.log(`\nwith the client probe:\n${tableOf(probe)}`);
if (wire.length > 0) console.log(`\nfrom the wire alone:\n${tableOf(wire)}`);
console.log(`\n${healthy} healthy apps, ${falseAlarms.length} false alarms`);
for (const alarm of falseAlarms) console.log(`  ${alarm}`);
if (falseAlarms.length > 0 || [...probe, ...wire].some(({ right }) => !right)) process.exitCode = 1;

async function check(run: FindingRun): Promise<void> {
  const { name } = run;
  if ("gateway" in run && !isInstalled(run.gateway)) {
    console.log(`${name}: skipped: no ${run.gateway.kind}`);
    return;
  }
  const began = Date.now();
  try {
    const pages = await record(world, run);
    const results = resultsOf(pages);
    const judged = judge(results, run);
    const onWireOnly = judge(resultsOf(onWire(pages)), run.onWire ?? {});
    probe.push(...judged);
    wire.push(...onWireOnly);
    const found = foundIn(results);
    if (isHealthy(run)) {
      healthy++;
      falseAlarms.push(...found.map((one) => `${name}: ${one}`));
    }
    console.log(`${name.padEnd(44)} ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    for (const one of found) console.log(`  found ${one}`);
    for (const { id, expected, right, say } of [...judged, ...onWireOnly])
      if (!right) console.log(`  WRONG ${id}: expected ${expected}; ${say.join(" | ")}`);
    if (values.keep) await writeFixture(run, browserName, pages);
  } catch (error) {
    console.error(`${name}: not run: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
