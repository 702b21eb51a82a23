/**
 * `npm run bench:blank`: what Hubscope's scripts cost a page without SignalR, against an extension with empty scripts. Both run in
 * turn, each load once in a fresh process and once more in the same. See docs/performance.md.
 *
 *   npm run bench:blank -- [--loads 20] [--browsers chromium,firefox]
 *
 * Fails only if a run was not possible.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { buildExtension } from "../../scripts/build.ts";
import { serveBlankPage } from "./blank/blank-page.ts";
import { BlankChromium, type Pair } from "./blank/chromium.ts";
import { asInManifest, writeEmptyExtension } from "./blank/empty-extension.ts";
import { BlankFirefox, type FirefoxLoad } from "./blank/firefox.ts";
import { writePatchesOnly } from "./blank/patches-only.ts";
import type { LoadTimes } from "./blank/trace.ts";
import { describeMachine } from "./machine.ts";
import { median, spread } from "./statistics.ts";

const { values } = parseArgs({
  options: {
    loads: { type: "string", default: "20" },
    browsers: { type: "string", default: "chromium,firefox" },
  },
});
const loads = Number(values.loads);
const browsers = values.browsers.split(",");
/** Wanted of the scripts together, in milliseconds, and their size in kilobytes. */
const WANTED = { fresh: 2.5, warm: 1, kilobytes: 5 };

const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-blank-"));
const blank = await serveBlankPage();
try {
  if (browsers.includes("chromium")) await inChromium();
  if (browsers.includes("firefox")) await inFirefox();
} finally {
  blank.stop();
  await rm(folder, { recursive: true });
}

async function inChromium(): Promise<void> {
  const ours = path.join(folder, "chromium");
  const empty = path.join(folder, "chromium-empty");
  const patches = path.join(folder, "chromium-patches");
  await buildExtension({ browser: "chrome", outDir: ours });
  const withOurs = await BlankChromium.launch(ours);
  await writeEmptyExtension(ours, empty, (await withOurs.registered()).map(asInManifest));
  await writePatchesOnly(ours, patches);
  const withEmpty = await BlankChromium.launch(empty);
  const withPatches = await BlankChromium.launch(patches);
  const measured: { ours: Pair; empty: Pair; patches: Pair }[] = [];
  try {
    console.log(describeMachine(await withOurs.version()));
    for (let i = 0; i < loads; i++)
      measured.push({
        ours: await withOurs.load(blank),
        empty: await withEmpty.load(blank),
        patches: await withPatches.load(blank),
      });
  } finally {
    await withOurs.close();
    await withEmpty.close();
    await withPatches.close();
  }
  const scripts = [...new Set(measured.flatMap((pair) => [...pair.ours.fresh.keys()]))];
  for (const kind of ["fresh", "warm"] as const) {
    console.log(
      `${kind} process, ${loads} loads, milliseconds of the main thread: median (smallest–largest)`,
    );
    const of = (which: "ours" | "empty" | "patches"): LoadTimes[] =>
      measured.map((pair) => pair[which][kind]);
    for (const script of scripts) {
      const times = of("ours").map((load) => load.get(script) ?? { compile: 0, run: 0 });
      line(script, [
        ["compile", times.map(({ compile }) => compile)],
        ["run", times.map(({ run }) => run)],
      ]);
    }
    const sums = of("ours").map(sumOf);
    const emptySums = of("empty").map(sumOf);
    line("ours together", [["", sums]], ` wanted ≤ ${WANTED[kind]}`);
    line("only the patches", [["", of("patches").map(sumOf)]]);
    line("empty scripts", [["", emptySums]], ` ratio ${(median(sums) / median(emptySums)).toFixed(1)}`);
  }
  const sizes = await Promise.all(
    scripts.map(async (script) => ({ script, size: await gzipped(path.join(ours, script)) })),
  );
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const parts = sizes.map(({ script, size }) => `${script} ${size.toLocaleString("en")}`).join(", ");
  console.log(
    `scripts in every page: ${total.toLocaleString("en")} bytes gzipped (${parts}), wanted ≤ ${WANTED.kilobytes * 1024}`,
  );
}

async function inFirefox(): Promise<void> {
  const ours = path.join(folder, "firefox");
  const empty = path.join(folder, "firefox-empty");
  await buildExtension({ browser: "firefox", outDir: ours });
  const withOurs = await BlankFirefox.launch(ours);
  await writeEmptyExtension(ours, empty, (await withOurs.registered()).map(asInManifest));
  const withEmpty = await BlankFirefox.launch(empty);
  const measured: { ours: FirefoxLoad; empty: FirefoxLoad }[] = [];
  try {
    console.log(`\n${describeMachine(await withOurs.version())}`);
    for (let i = 0; i < loads; i++)
      measured.push({ ours: await withOurs.load(blank), empty: await withEmpty.load(blank) });
  } finally {
    await withOurs.close();
    await withEmpty.close();
  }
  const row = (name: string, key: keyof FirefoxLoad): void => {
    const [our, its] = (["ours", "empty"] as const).map((which) => measured.map((pair) => pair[which][key]));
    line(name, [
      ["ours", our ?? []],
      ["empty scripts", its ?? []],
    ]);
  };
  console.log(`${loads} loads, milliseconds: median (smallest–largest)`);
  row("scripts run, fresh process", "fresh");
  row("scripts run, warm process", "warm");
  row("CPU of a warm load", "warmCpu");
}

function line(name: string, parts: readonly (readonly [string, readonly number[]])[], end = ""): void {
  const cells = parts.map(([label, of]) =>
    `${label} ${median(of).toFixed(2)} (${spread(of)})`.trim().padEnd(36),
  );
  console.log(`  ${name.padEnd(28)}${cells.join(" ")}${end}`);
}

function sumOf(load: LoadTimes): number {
  return [...load.values()].reduce((sum, { compile, run }) => sum + compile + run, 0);
}

async function gzipped(file: string): Promise<number> {
  return gzipSync(await readFile(file), { level: 9 }).length;
}
