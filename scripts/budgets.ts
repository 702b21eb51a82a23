import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { buildDir } from "./paths.ts";

const kilobyte = 1024;

/**
 * What a script of the build may weigh, minified and gzipped, with all that is loaded before it can run. The hook is paid
 * for by every page there is; the faults only by those that are broken on purpose.
 */
const budgets = [
  { file: "hook.js", kilobytes: 22.5 },
  { file: "faults.js", kilobytes: 9 },
  { file: "panel.js", kilobytes: 60 },
] as const;

export interface Weight {
  file: string;
  kilobytes: number;
  allowed: number;
  /** What it imports later. */
  laterKilobytes: number;
}

/** Weighs the Chrome build; the scripts are the same in both. */
export async function weighBundles(folder = buildDir("chrome")): Promise<Weight[]> {
  return Promise.all(
    budgets.map(async ({ file, kilobytes: allowed }) => {
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
  // A set goes on with what is added to it meanwhile.
  for (const chunk of first) {
    for (const { kind, path: imported } of metafile.inputs[chunk]?.imports ?? [])
      if (kind === "import-statement") first.add(imported);
  }
  return { first: [...first], later: Object.keys(metafile.inputs).filter((chunk) => !first.has(chunk)) };
}
