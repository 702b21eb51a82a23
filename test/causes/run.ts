/**
 * `npm run causes [-- --browser chromium|firefox] [--repeat N] [--only TEXT] [--keep]`: really breaks connections in every way
 * that a page can see, and compares Hubscope's verdicts, with and without the client probe. Prints a table of right and wrong
 * verdicts; fails on a wrong verdict with high confidence, or when too few are right. `--keep` writes the recordings that the
 * unit tests replay.
 */
import { parseArgs } from "node:util";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { ensureBrowser } from "../../scripts/browsers.ts";
import { buildExtension } from "../../scripts/build.ts";
import { launchBrowser, type BrowserName } from "../harness/browser/index.ts";
import { serveClients } from "../harness/clients/serve.ts";
import { startAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import { enactBlazor } from "../harness/situation/blazor-situation.ts";
import { classify, withoutProbe } from "./classify.ts";
import { provoke } from "./provoke.ts";
import { PROVOCATIONS } from "./provocations.ts";
import { writeFixture } from "./fixture.ts";
import { isInstalled } from "../harness/situation/gateway.ts";
import { expectedOf, isExpected, type AnyProvocation } from "./provocation.ts";
import type { World } from "../harness/situation/situation.ts";
import { ENOUGH, isEnough, tableOf, type Judged } from "./tally.ts";

const { values } = parseArgs({
  options: {
    browser: { type: "string", default: "chromium" },
    repeat: { type: "string", default: "3" },
    only: { type: "string", default: "" },
    keep: { type: "boolean", default: false },
  },
});
const browserName = values.browser as BrowserName;
/** Several texts are separated by "|". */
const wanted = values.only.split("|");
const chosen = PROVOCATIONS.filter(
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
  outDir: `dist/causes-${browserName}`,
});
const world: World = {
  hub,
  clients: await serveClients(),
  browser: await launchBrowser(browserName, { extensionDir: outDir, checksCertificates: true }),
};
const withProbe: Judged[] = [];
const onWire: Judged[] = [];
try {
  for (const provocation of chosen)
    for (let round = 0; round < Number(values.repeat); round++) await judge(provocation, round);
} finally {
  await world.browser.close();
  await world.clients.stop();
  await world.hub.stop();
}
const enough = [
  summary("with the client probe", withProbe, ENOUGH.probe),
  summary("from the wire alone", onWire, ENOUGH.wire),
];
if (!enough.every(Boolean)) process.exitCode = 1;

async function judge(provocation: AnyProvocation, round: number): Promise<void> {
  const { name } = provocation;
  const gateway = "gateway" in provocation ? provocation.gateway : undefined;
  if (gateway && !isInstalled(gateway)) {
    console.log(`${name.padEnd(34)} skipped: no ${gateway.kind}`);
    return;
  }
  const expected = expectedOf(provocation, browserName);
  let events: readonly RecordedEvent[];
  try {
    events =
      "blazor" in provocation
        ? await enactBlazor(world.browser, provocation)
        : await provoke(world, provocation);
  } catch (error) {
    console.error(`${name}: not provoked: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
    return;
  }
  const probe = { ...classify(events), expected: expected.probe };
  const wire = { ...classify(withoutProbe(events)), expected: expected.wire };
  withProbe.push(probe);
  onWire.push(wire);
  const [told, alone] = [probe, wire].map(
    (one) => `${isExpected(one.name, one.expected) ? "ok " : "NO "} ${one.name} (${one.confidence})`,
  );
  console.log(`${name.padEnd(34)} ${(told ?? "").padEnd(44)} wire: ${alone ?? ""}`);
  if (values.keep && round === 0) await writeFixture(provocation, browserName, events);
}

function summary(title: string, judged: readonly Judged[], wanted: number): boolean {
  const right = judged.filter((one) => isExpected(one.name, one.expected)).length;
  const sure = judged.filter((one) => !isExpected(one.name, one.expected) && one.confidence === "high");
  const share = judged.length === 0 ? "0" : ((right / judged.length) * 100).toFixed(0);
  console.log(
    `\n${title}: ${right} of ${judged.length} right (${share} %, wanted ${wanted * 100} %), ${sure.length} wrong with high confidence\n${tableOf(judged)}`,
  );
  return isEnough(judged, wanted);
}
