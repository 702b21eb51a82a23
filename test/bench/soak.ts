/**
 * `npm run soak`: whether anything grows that shouldn't: an hour of traffic with the panel closed and then opened, many connections,
 * many frames, many reconnects. In Chromium. See docs/performance.md.
 *
 *   npm run soak -- [--minutes 60] [--rate 1000] [--connections 200] [--frames 50] [--reconnects 10000]
 *     [--phases long,connections,frames,reconnects] [--short]
 *
 * Fails only if a run was not possible, or if a message is neither stored nor counted nor noted as lost.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildExtension } from "../../scripts/build.ts";
import { describeMachine } from "./machine.ts";
import { PHASES, SHORT, WHOLE, soak, type SoakOptions } from "./soak/phases.ts";
import { HEAD, isWhole, sampleLine, summaryOf } from "./soak/report.ts";
import { serveSoak } from "./soak/serve.ts";
import { SoakBrowser } from "./soak/soak-browser.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    rate: { type: "string" },
    connections: { type: "string" },
    frames: { type: "string" },
    reconnects: { type: "string" },
    phases: { type: "string", default: PHASES.join(",") },
    /** As in CI: half a minute in all. */
    short: { type: "boolean", default: false },
  },
});
const base = values.short ? SHORT : WHOLE;
const given = (name: "minutes" | "rate" | "connections" | "frames" | "reconnects"): number =>
  values[name] === undefined ? base[name] : Number(values[name]);
const options: SoakOptions = {
  minutes: given("minutes"),
  rate: given("rate"),
  connections: given("connections"),
  frames: given("frames"),
  reconnects: given("reconnects"),
  every: base.every,
  phases: PHASES.filter((name) => values.phases.split(",").includes(name)),
};

const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-soak-"));
const server = await serveSoak();
try {
  const extension = path.join(folder, "extension");
  await buildExtension({ browser: "chrome", outDir: extension });
  const browser = await SoakBrowser.launch(extension);
  try {
    console.log(describeMachine(await browser.version()));
    console.log(HEAD);
    const phases = soak(browser, server, options, (sample) => {
      console.log(sampleLine(sample));
    });
    for await (const phase of phases) {
      console.log(`${phase.title}\n${summaryOf(phase)}\n`);
      if (isWhole(phase)) continue;
      console.error("Messages or reconnects are missing, or counted twice.");
      process.exitCode = 1;
    }
  } finally {
    await browser.close();
  }
} finally {
  server.stop();
  await rm(folder, { recursive: true });
}
