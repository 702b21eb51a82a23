/**
 * `npm run bench:panel`: how fast the panel opens recordings of several sizes, filters them and draws them, in the real browsers.
 * See docs/performance.md.
 *
 *   npm run bench:panel -- [--events 10000,100000,1000000] [--browsers chromium,firefox] [--rounds 3]
 *
 * Fails only if a run was not possible.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { serveBlankPage } from "./blank/blank-page.ts";
import { describeMachine } from "./machine.ts";
import { PanelChromium } from "./panel/chromium.ts";
import { PanelFirefox } from "./panel/firefox.ts";
import { measurePanel } from "./panel/measure.ts";
import type { PanelBrowser } from "./panel/panel-browser.ts";
import { writeRecording } from "./panel/recording-file.ts";
import { tableOf, type Measured } from "./panel/report.ts";
import type { Totals } from "./panel/totals.ts";
import { buildWatched } from "./panel/watched-build.ts";

const BROWSERS = { chromium: PanelChromium, firefox: PanelFirefox };
type Browser = keyof typeof BROWSERS;
const isBrowser = (name: string): name is Browser => Object.hasOwn(BROWSERS, name);

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "10000,100000,1000000" },
    browsers: { type: "string", default: "chromium,firefox" },
    /** How often a stored recording is opened, and each filter is used. */
    rounds: { type: "string", default: "3" },
  },
});
const sizes = values.events.split(",").map(Number);
const rounds = Number(values.rounds);
const browsers = values.browsers.split(",").map((name) => {
  if (!isBrowser(name))
    throw new Error(`no browser "${name}"; there are ${Object.keys(BROWSERS).join(", ")}`);
  return name;
});

const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-panel-"));
const blank = await serveBlankPage();
try {
  const files = new Map<number, { file: string; totals: Totals }>();
  for (const events of sizes) {
    const file = path.join(folder, `${events}.json`);
    files.set(events, { file, totals: await writeRecording(file, events) });
  }
  for (const name of browsers) {
    const build = path.join(folder, name);
    await buildWatched(name, build);
    const measured: Measured[] = [];
    let machine = "";
    for (const [events, { file, totals }] of files) {
      const browser: PanelBrowser = await BROWSERS[name].launch(build);
      try {
        machine ||= describeMachine(await browser.version());
        const panel = await browser.openPanel(blank.url(measured.length, 1));
        measured.push({ events, figures: await measurePanel(panel, file, totals, rounds) });
      } finally {
        await browser.close();
      }
    }
    console.log(`${machine}\n${tableOf(measured)}\n`);
  }
} finally {
  blank.stop();
  await rm(folder, { recursive: true });
}
