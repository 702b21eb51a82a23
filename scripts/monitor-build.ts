/**
 * Builds `hubscope/monitor`: the part that each page loads, the observer that sampled pages load, and the judge, which is loaded when a
 * connection was lost. Each is one file with all that it needs, so that loading it is one request.
 */
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { version } from "./page-build.ts";
import { projectRoot } from "./paths.ts";
import { smallestModule } from "./smallest.ts";

const SOURCES = "content-script/monitor";

export const monitorDir = path.join(projectRoot, "dist", "monitor");

const JUDGE = "monitor-judge.js";

/** Files by their names in the package, from the first that is loaded to the last. */
const MONITOR_FILES = {
  "monitor.js": `${SOURCES}/main.ts`,
  "monitor-observer.js": `${SOURCES}/observer/main.ts`,
  [JUDGE]: `${SOURCES}/judge/main.ts`,
} as const;

/** Modules of the hook and the core that the monitor does without, or with less. */
const STAND_INS: Readonly<Record<string, string>> = {
  "content-script/hook/record/message-recorder.ts": "message-recorder.ts",
  "content-script/hook/record/flight-recorder.ts": "flight-recorder.ts",
  "content-script/hook/client/hub-app.ts": "hub-app.ts",
  "content-script/hook/client/mistakes.ts": "mistakes.ts",
  "content-script/sentinel/probe-key.ts": "probe-key.ts",
  "extension/core/columns/event-block.ts": "event-block.ts",
  "extension/core/columns/event-table.ts": "event-table.ts",
  "extension/core/diagnosis/client-callbacks.ts": "client-callbacks.ts",
  "extension/core/diagnosis/evidence.ts": "evidence.ts",
  "extension/core/diagnosis/failure-words.ts": "failure-words.ts",
  "extension/core/diagnosis/titles.ts": "titles.ts",
  "extension/core/faults/outlines.ts": "outlines.ts",
  "extension/core/model/app-code.ts": "app-code.ts",
  "extension/core/model/doctor-events.ts": "doctor-events.ts",
  "extension/core/model/not-repeated.ts": "not-repeated.ts",
};

export interface MonitorBuildOptions {
  /** `dist/monitor` when absent. Emptied first. */
  readonly outDir?: string;
}

/** @returns what is in the files */
export async function buildMonitor({ outDir = monitorDir }: MonitorBuildOptions = {}): Promise<
  esbuild.Metafile[]
> {
  const hubscopeVersion = JSON.stringify(await version());
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  return Promise.all(
    Object.entries(MONITOR_FILES).map(async ([name, source]) => {
      const { metafile } = await esbuild.build({
        absWorkingDir: projectRoot,
        entryPoints: [source],
        outfile: path.join(outDir, name),
        bundle: true,
        minify: true,
        format: "esm",
        target: ["chrome121", "firefox140", "safari17"],
        preserveSymlinks: true,
        legalComments: "none",
        charset: "utf8",
        define: { hubscopeVersion },
        metafile: true,
        logLevel: "warning",
        // The judge is loaded by few pages, and the gain is small: it takes longer than it saves.
        plugins: [loadedLater, standIns, ...(name === JUDGE ? [] : [smallestModule])],
      });
      return metafile;
    }),
  );
}

/** What is loaded by `import()` is a file of its own. */
const loadedLater: esbuild.Plugin = {
  name: "loaded-later",
  setup(build) {
    build.onResolve({ filter: /\/main\.ts$/ }, ({ kind, path: to, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const source = inProject(path.resolve(resolveDir, to));
      const found = Object.entries(MONITOR_FILES).find(([, file]) => file === source);
      return found ? { path: `./${found[0]}`, external: true } : undefined;
    });
  },
};

const standIns: esbuild.Plugin = {
  name: "stand-ins",
  setup(build) {
    build.onResolve({ filter: /\.ts$/ }, ({ path: to, resolveDir }) => {
      const source = inProject(path.resolve(resolveDir, to));
      const name = STAND_INS[source];
      const isOwn = inProject(resolveDir) === `${SOURCES}/stand-ins`;
      if (name !== undefined && !isOwn) return { path: path.join(projectRoot, SOURCES, "stand-ins", name) };
      // The core is pure: a module of which nothing is used has nothing to do.
      return source.startsWith("extension/core/")
        ? { path: path.join(projectRoot, source), sideEffects: false }
        : undefined;
    });
  },
};

const inProject = (file: string): string => path.relative(projectRoot, file).split(path.sep).join("/");
