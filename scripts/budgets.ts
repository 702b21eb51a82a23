import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { monitorDir } from "./monitor-build.ts";
import { buildDir } from "./paths.ts";

const kilobyte = 1024;

/**
 * Maximum sizes of scripts, minified and gzipped, with everything that is loaded before they can run. Every page loads sentinel
 * and `wake`, together 5 KB; only pages with SignalR load the hook, and only those with faults the faults. The
 * DevTools page is loaded with DevTools, wherever that is open.
 */
const budgets = [
  { file: "sentinel.js", kilobytes: 4.52 },
  { file: "wake.js", kilobytes: 0.48 },
  { file: "hook.js", kilobytes: 24.4 },
  { file: "faults.js", kilobytes: 9 },
  { file: "panel.js", kilobytes: 64 },
  { file: "devtools.js", kilobytes: 18.6 },
] as const;

/**
 * The same of `hubscope/monitor`. A page that isn't sampled loads only the first, a sampled one the first two, together less than 25,000
 * bytes; the judge is loaded when a connection was lost.
 */
const monitorBudgets = [
  { file: "monitor.js", kilobytes: 0.7 },
  { file: "monitor-observer.js", kilobytes: 23.71 },
  { file: "monitor-judge.js", kilobytes: 26 },
] as const;

export interface Weight {
  file: string;
  kilobytes: number;
  allowed: number;
  /** Size of what it imports later. */
  laterKilobytes: number;
}

/** Measures the Chrome build, as the scripts are the same for both browsers, and the monitor. */
export async function weighBundles(): Promise<Weight[]> {
  const [extension, monitor] = await Promise.all([
    weighIn(buildDir("chrome"), budgets),
    weighIn(monitorDir, monitorBudgets),
  ]);
  return [...extension, ...monitor];
}

function weighIn(
  folder: string,
  allowedFiles: readonly { readonly file: string; readonly kilobytes: number }[],
): Promise<Weight[]> {
  return Promise.all(
    allowedFiles.map(async ({ file, kilobytes: allowed }) => {
      const { first, later } = await chunksOf(folder, file);
      const [kilobytes, laterKilobytes] = await Promise.all([weigh(folder, first), weigh(folder, later)]);
      return { file, kilobytes, allowed, laterKilobytes };
    }),
  );
}

async function weigh(folder: string, files: readonly string[]): Promise<number> {
  const weights = files.map(
    async (file) => gzipSync(await readFile(path.join(folder, file)), { level: 9 }).length,
  );
  return (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0) / kilobyte;
}

/** A script's files: those that load with it, itself first, and those that it loads by `import()`. */
async function chunksOf(folder: string, file: string): Promise<{ first: string[]; later: string[] }> {
  const { metafile } = await esbuild.build({
    absWorkingDir: path.resolve(folder),
    entryPoints: [file],
    bundle: true,
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "error",
  });
  const first = new Set([file]);
  // The loop includes files that are added to the set during it.
  for (const chunk of first) {
    for (const { kind, path: imported } of metafile.inputs[chunk]?.imports ?? [])
      if (kind === "import-statement") first.add(imported);
  }
  return { first: [...first], later: Object.keys(metafile.inputs).filter((chunk) => !first.has(chunk)) };
}
