/**
 * `npm run fidelity [-- --browser chromium|firefox] [--only TEXT[,TEXT]] [--on CLIENT] [--all]`: runs what the faults simulate
 * first in reality and then as a fault, each on a fresh page with the same client, and compares the app's callbacks, the
 * server's log, the next connection id and the page's events. Prints what was compared, with `--all` everything that was seen;
 * fails on a difference that the fault's limitations don't list, and on a listed one that doesn't exist.
 */
import { parseArgs } from "node:util";
import { ensureBrowser } from "../../scripts/browsers.ts";
import { buildExtension } from "../../scripts/build.ts";
import type { BrowserName } from "../harness/browser/index.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import { compare, isAlike, type Comparison } from "./compare.ts";
import type { AnyPair, Variant } from "./pair.ts";
import { NOT_COMPARED, PAIRS } from "./pairs/all.ts";
import { see, type World } from "./side.ts";
import { tableOf, type Row } from "./table.ts";
import { openWorld } from "./world.ts";

const { values } = parseArgs({
  options: {
    browser: { type: "string", default: "" },
    only: { type: "string", default: "" },
    on: { type: "string", default: "" },
    all: { type: "boolean", default: false },
  },
});
const browsers: BrowserName[] =
  values.browser === "" ? ["chromium", "firefox"] : [values.browser as BrowserName];
let count = 0;
for (const browser of browsers) {
  ensureBrowser(browser);
  const { outDir } = await buildExtension({
    browser: browser === "chromium" ? "chrome" : "firefox",
    outDir: `dist/fidelity-${browser}`,
  });
  const world = await openWorld(browser, outDir);
  if (!world) {
    console.log("skipped: no .NET SDK");
    break;
  }
  const rows: Row[] = [];
  try {
    for (const pair of PAIRS.filter(({ fault, how }) =>
      values.only.split(",").some((text) => `${fault}: ${how}`.includes(text)),
    ))
      for (const variant of pair.on.filter((name) => name.includes(values.on)))
        if (pair.browser === undefined || pair.browser === browser)
          rows.push(await compared(world, pair, variant, browser));
  } finally {
    await world.close();
  }
  console.log(`\n${tableOf(browser, rows)}`);
  for (const [fault, reason] of Object.entries(NOT_COMPARED)) console.log(`${fault}: ${reason}`);
  count += rows.length;
  if (!rows.every(({ alike }) => alike)) process.exitCode = 1;
}
if (count === 0 && hasDotnet()) {
  console.error("Nothing was compared.");
  process.exitCode = 1;
}

async function compared(world: World, pair: AnyPair, variant: Variant, browser: BrowserName): Promise<Row> {
  const title = `${pair.fault}: ${pair.how}`;
  try {
    const real = await see(world, pair, variant, pair.real);
    const injected = await see(world, pair, variant, pair.injected);
    const comparison: Comparison = compare(pair, { variant, browser }, real, injected);
    const row = {
      fault: pair.fault,
      title,
      variant,
      without: pair.without ?? [],
      comparison,
      alike: isAlike(comparison),
    };
    console.log(line(row));
    if (values.all) console.log(JSON.stringify({ real, injected }, null, 1));
    return row;
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const row = { fault: pair.fault, title, variant, without: [], failure, alike: false };
    console.log(line(row));
    return row;
  }
}

function line({ title, variant, alike, comparison, failure }: Row): string {
  const head = `${alike ? "ok " : "NO "} ${variant.padEnd(24)} ${title}`;
  const lines = (comparison?.differences ?? []).flatMap(({ at, real, injected, because }) => [
    ...real.map((text) => `      ${at}, real only:     ${text}`),
    ...injected.map((text) => `      ${at}, injected only: ${text}`),
    ...(because.length > 0 ? because : ["not known"]).map((text) => `        ${text}`),
  ]);
  const gone = (comparison?.gone ?? []).map((one) => `      known, but not so: ${JSON.stringify(one)}`);
  return [head, ...lines, ...gone, ...(failure === undefined ? [] : [`      ${failure}`])].join("\n");
}
