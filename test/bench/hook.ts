/**
 * `npm run bench:hook`: what Hubscope costs a page with SignalR while its panel is closed. Each round measures every case three
 * times, each in a fresh page: without the extension, with it, and with Chrome's own recording. See docs/performance.md.
 *
 *   npm run bench:hook -- [--cases one,twenty] [--rounds 5] [--build dist/chrome]
 *
 * Fails only if a run was not possible or a message was not recorded.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildExtension } from "../../scripts/build.ts";
import { bundleForPage } from "./bundle.ts";
import { CASES, type Case } from "./hook/cases.ts";
import { MeasuredBrowser, VARIANTS, invocations, type Variant } from "./hook/measured-browser.ts";
import { printCase, type Round } from "./hook/report.ts";
import { startServer } from "./hook/start-server.ts";
import { describeMachine } from "./machine.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: Object.keys(CASES).join(",") },
    rounds: { type: "string", default: "5" },
    /** A build of the extension; without it, one is made. */
    build: { type: "string" },
  },
});
const rounds = Number(values.rounds);
const cases = values.cases.split(",").map((name): [string, Case] => {
  const it = CASES[name];
  if (!it) throw new Error(`no case "${name}"; there are ${Object.keys(CASES).join(", ")}`);
  return [name, it];
});

const ownBuild = values.build === undefined;
const outDir = path.resolve(values.build ?? (await mkdtemp(path.join(os.tmpdir(), "hubscope-bench-build-"))));
if (ownBuild) await buildExtension({ browser: "chrome", outDir });
const storeSource = await bundleForPage("test/bench/hook/extension-store.ts");
const server = await startServer();
const browsers = await launchAll();
try {
  console.log(describeMachine(await browsers.without.version()));
  for (const [name, it] of cases) {
    const measured: Round[] = [];
    for (let i = 0; i < rounds; i++) measured.push(await round(it, i));
    printCase(name, it, measured);
    const { messages, dropped } = await browsers.with.recorded();
    const expected = rounds * invocations(it);
    console.log(
      `  recorded     ${messages.toLocaleString("en")} of ${expected.toLocaleString("en")}${dropped > 0 ? `; ${dropped.toLocaleString("en")} noted as lost` : ""}`,
    );
    if (messages + dropped !== expected) {
      console.error("Messages are missing or counted twice.");
      process.exitCode = 1;
    }
  }
} finally {
  for (const browser of Object.values(browsers)) await browser.close();
  server.stop();
  if (ownBuild) await rm(outDir, { recursive: true });
}

/** Every other round in reverse order: no variant always comes first. */
async function round(it: Case, index: number): Promise<Round> {
  const figures: Partial<Record<Variant, Round[Variant]>> = {};
  const order = index % 2 === 0 ? VARIANTS : VARIANTS.toReversed();
  for (const variant of order) figures[variant] = await browsers[variant].measure(server.url, it);
  const { without, with: ours, recording } = figures;
  if (!without || !ours || !recording) throw new Error("a variant was not measured");
  return { without, with: ours, recording };
}

async function launchAll(): Promise<Record<Variant, MeasuredBrowser>> {
  const launch = (variant: Variant) => MeasuredBrowser.launch(variant, outDir, storeSource);
  return {
    without: await launch("without"),
    with: await launch("with"),
    recording: await launch("recording"),
  };
}
