import { rm } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { bundleOptions } from "./bundle-options.ts";
import { findEntryPoints, type EntryPoint } from "./entry-points.ts";
import { manifestPlugin, type BuildBrowser } from "./manifest.ts";
import { buildMonitor, monitorDir } from "./monitor-build.ts";
import { buildPage } from "./page-build.ts";
import { buildDir, isMain, projectRoot } from "./paths.ts";
import { givesShared, injectedOptions, takesShared, type InjectedScript } from "./injected-script.ts";
import { smallestInEveryPage, smallestInjected } from "./smallest.ts";
import { onOneLine, workerOptions } from "./worker-script.ts";
import { writeLicenses } from "./third-party-licenses.ts";

export interface BuildOptions {
  browser: BuildBrowser;
  /** Output folder; `dist/<browser>` when absent. Emptied first. */
  outDir?: string;
  /** Minified, as shipped. Otherwise readable, with inline source maps. True when absent. */
  minify?: boolean;
  /** Called after the first build and each rebuild. If given, the build watches the sources until `stop`. */
  watch?: (result: WatchResult) => void;
  /** Folder of the sources; this project when absent. */
  root?: string;
}

export interface WatchResult {
  /** Errors that esbuild has printed already. */
  errors: number;
}

export interface ExtensionBuild {
  outDir: string;
  /** Entry points without a source file, left out of the build. */
  missing: string[];
  stop(): Promise<void>;
}

/** Builds the extension for one browser. Throws when it doesn't compile, unless it is watching. */
export async function buildExtension(options: BuildOptions): Promise<ExtensionBuild> {
  const { browser, minify = true, watch, root = projectRoot } = options;
  const outDir = path.resolve(options.outDir ?? buildDir(browser, root));
  const { present, missing } = findEntryPoints(root);
  await rm(outDir, { recursive: true, force: true });

  const reports = watch ? joinReports(watch) : null;
  const bundle = (
    style: "scripts" | "every-page" | "modules" | "worker" | InjectedScript,
    ...entries: EntryPoint[]
  ): Promise<esbuild.BuildContext> => {
    const options = bundleOptions({ minify, modules: style === "modules" });
    const injected = style === "hook" || style === "faults" || style === "doctor" ? style : undefined;
    return esbuild.context({
      ...options,
      ...(injected ? injectedOptions : {}),
      ...(style === "worker" ? workerOptions : {}),
      absWorkingDir: root,
      metafile: true,
      entryPoints: entries.map((entry) => ({ in: entry.in, out: entry.out })),
      outdir: outDir,
      plugins: [
        ...options.plugins,
        manifestPlugin(browser),
        givesShared,
        ...(injected ? [takesShared(injected)] : []),
        ...(style === "every-page" && minify ? [smallestInEveryPage] : []),
        ...(style === "worker" ? [onOneLine] : []),
        ...(injected && minify ? [smallestInjected] : []),
        ...(reports ? [reports()] : []),
      ],
    });
  };
  const manifest = { in: "manifest.json", out: "manifest" };
  const contexts = await Promise.all([
    bundle(
      "scripts",
      manifest,
      ...present.filter((entry) => !entry.modules && !entry.injected && !entry.everyPage && !entry.inWorker),
    ),
    bundle("every-page", ...present.filter((entry) => entry.everyPage)),
    bundle("modules", ...present.filter((entry) => entry.modules)),
    ...(browser === "firefox" ? [bundle("worker", ...present.filter((entry) => entry.inWorker))] : []),
    ...present.flatMap((entry) => (entry.injected ? [bundle(entry.injected, entry)] : [])),
  ]);
  const stop = async (): Promise<void> => {
    await Promise.all(contexts.map((context) => context.dispose()));
  };
  if (watch) await Promise.all(contexts.map((context) => context.watch()));
  else {
    try {
      const results = await Promise.all(contexts.map((context) => context.rebuild()));
      await writeLicenses(
        outDir,
        root,
        results.flatMap(({ metafile }) => metafile ?? []),
      );
    } finally {
      await stop();
    }
  }
  return { outDir, missing: missing.map((entry) => entry.in), stop };
}

/** A plugin for each bundle. They report together when all are built. */
function joinReports(report: (result: WatchResult) => void): () => esbuild.Plugin {
  const errors: (number | null)[] = [];
  return () => {
    const own = errors.push(null) - 1;
    return {
      name: "report",
      setup(build) {
        build.onEnd((result) => {
          errors[own] = result.errors.length;
          if (!errors.includes(null))
            report({ errors: errors.reduce<number>((sum, n) => sum + (n ?? 0), 0) });
        });
      },
    };
  };
}

/** `npm run build [-- --dev]`: both browsers, the script for tests and the monitor, as shipped or for debugging. */
async function main(): Promise<void> {
  const minify = !process.argv.includes("--dev");
  for (const browser of ["chrome", "firefox"] as const) {
    const { outDir, missing } = await buildExtension({ browser, minify });
    console.log(`${path.relative(projectRoot, outDir)} built`);
    for (const file of missing) console.warn(`  left out, no such file: ${file}`);
  }
  const { outDir } = await buildPage({ minify });
  console.log(`${path.relative(projectRoot, outDir)} built`);
  await buildMonitor();
  console.log(`${path.relative(projectRoot, monitorDir)} built`);
}

if (isMain(import.meta.url)) await main();
