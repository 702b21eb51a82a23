/** Builds the npm package `hubscope`: the command line, and what tests and programs import. `npm run package` packs it. */
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { bundleOptions } from "./bundle-options.ts";
import { buildMonitor } from "./monitor-build.ts";
import { npmTypes } from "./npm-types.ts";
import { buildPage, version } from "./page-build.ts";
import { isMain, projectRoot } from "./paths.ts";
import { reportStylePlugin } from "./report-style.ts";
import { writeLicenses } from "./third-party-licenses.ts";

/** What can be imported, by its name in the package. */
const ENTRIES = ["page", "playwright", "puppeteer", "core"] as const;

/** They are the user's own, of whatever version: a second copy of Playwright's test runner doesn't work. */
const PEERS = { "@playwright/test": ">=1.40", "puppeteer-core": ">=24" } as const;

export interface NpmBuildOptions {
  /** `dist/npm` when absent. Emptied first. */
  readonly outDir?: string;
}

export async function buildNpm({
  outDir = path.join(projectRoot, "dist", "npm"),
}: NpmBuildOptions = {}): Promise<string> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(path.join(outDir, "types"), { recursive: true });
  const library = await bundle({
    outdir: path.join(outDir, "lib"),
    entryPoints: ENTRIES.map((name) => ({ in: `extension/npm/${name}.ts`, out: name })),
  });
  const cli = await bundleCommandLine(path.join(outDir, "cli"));
  const viewer = await bundleViewer(path.join(outDir, "viewer"));
  const page = await buildPage({ outDir: await mkdtemp(path.join(os.tmpdir(), "hubscope-page-")) });
  await copyFile(page.script, path.join(outDir, "page.js"));
  await rm(page.outDir, { recursive: true });
  const monitor = await buildMonitor({ outDir: path.join(outDir, "monitor") });
  await writeLicenses(outDir, projectRoot, [library, cli, viewer, page.metafile, ...monitor]);
  for (const [name, text] of await npmTypes()) await writeFile(path.join(outDir, "types", name), text);
  await copyFile(path.join(projectRoot, "LICENSE"), path.join(outDir, "LICENSE"));
  await copyFile(path.join(projectRoot, "extension/npm/npm-readme.md"), path.join(outDir, "README.md"));
  await writeFile(path.join(outDir, "package.json"), `${JSON.stringify(await manifest(), null, 2)}\n`);
  return outDir;
}

/** `main.js` and what it loads. Exported for tests. */
export const bundleCommandLine = (outdir: string): Promise<esbuild.Metafile> =>
  bundle({
    outdir,
    entryPoints: [
      { in: "extension/cli/main.ts", out: "main" },
      { in: "extension/cli/summary/worker.ts", out: "summary-worker" },
    ],
    // Its packages are CommonJS, and require parts of Node. The library does without: its core also runs in browsers.
    banner: {
      js: 'import{createRequire as nodeRequire}from"node:module";const require=nodeRequire(import.meta.url);',
    },
  });

/** The panel as a page, for `hubscope view`. */
async function bundleViewer(outdir: string): Promise<esbuild.Metafile> {
  const options = bundleOptions({ minify: true, modules: true });
  const { metafile } = await esbuild.build({
    ...options,
    absWorkingDir: projectRoot,
    outdir,
    entryPoints: [
      { in: "panel/viewer.html", out: "viewer" },
      { in: "panel/viewer.tsx", out: "viewer" },
      { in: "panel/state/simulator/herd-worker.ts", out: "herd-worker" },
    ],
    define: { ...options.define, hubscopeVersion: JSON.stringify(await version()) },
    metafile: true,
  });
  return metafile;
}

async function bundle(
  options: Pick<esbuild.BuildOptions, "outdir" | "entryPoints" | "banner">,
): Promise<esbuild.Metafile> {
  const { metafile } = await esbuild.build({
    ...options,
    absWorkingDir: projectRoot,
    bundle: true,
    format: "esm",
    splitting: true,
    platform: "node",
    target: "node20.19",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: {
      "process.env.NODE_ENV": '"production"',
      hubscopeVersion: JSON.stringify(await version()),
    },
    external: Object.keys(PEERS),
    // Names stay, for stack traces.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    charset: "utf8",
    metafile: true,
    logLevel: "warning",
    plugins: [reportStylePlugin],
  });
  return metafile;
}

async function manifest(): Promise<object> {
  const own = JSON.parse(await readFile(path.join(projectRoot, "package.json"), "utf8")) as Own;
  const { name, version, description, license, engines } = own;
  const optional = Object.fromEntries(Object.keys(PEERS).map((peer) => [peer, { optional: true }]));
  const exported = ENTRIES.map((entry): [string, object] => [
    `./${entry}`,
    // Not only for "import": Playwright loads tests of CommonJS projects by require().
    { types: `./types/${entry}.d.ts`, default: `./lib/${entry}.js` },
  ]);
  return {
    ...{ name, version, description, license, engines },
    type: "module",
    // A bundler may leave out what isn't used. The monitor's own files have an effect when they are loaded.
    sideEffects: ["./monitor/monitor-observer.js"],
    keywords: [
      "signalr",
      "aspnetcore",
      "testing",
      "playwright",
      "puppeteer",
      "websocket",
      "monitoring",
      "opentelemetry",
    ],
    bin: { hubscope: "./cli/main.js" },
    exports: {
      ...Object.fromEntries<object>(exported),
      // For pages: minified, in files that are loaded when they are needed.
      "./monitor": { types: "./types/monitor.d.ts", default: "./monitor/monitor.js" },
      "./page.js": { types: "./types/page-api.d.ts", default: "./page.js" },
      "./package.json": "./package.json",
    },
    peerDependencies: PEERS,
    peerDependenciesMeta: optional,
  };
}

interface Own {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: object;
}

/** Packs what was built: `hubscope-<version>.tgz` in the folder above it. */
export function packNpm(outDir: string): string {
  const to = path.dirname(outDir);
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", to],
    { cwd: outDir, encoding: "utf8", shell: process.platform === "win32" },
  );
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  const [packed] = JSON.parse(stdout) as [{ readonly filename: string }];
  return path.join(to, packed.filename);
}

if (isMain(import.meta.url)) {
  const archive = packNpm(await buildNpm());
  console.log(path.relative(projectRoot, archive));
}
