/** Builds Hubscope for tests: one script that a team injects into its page, and its types. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { bundleOptions } from "./bundle-options.ts";
import { pageTypes } from "./page-types.ts";
import { projectRoot } from "./paths.ts";
import { writeLicenses } from "./third-party-licenses.ts";

export interface PageBuild {
  readonly outDir: string;
  /** To be injected into a page before its own scripts. */
  readonly script: string;
  /** What is in it. */
  readonly metafile: esbuild.Metafile;
}

export interface PageBuildOptions {
  /** `dist/page` when absent. Emptied first. */
  readonly outDir?: string;
  /** Minified, as shipped; true when absent. */
  readonly minify?: boolean;
}

const SOURCES = "content-script/page-build";

/** Builds `hubscope.js`, and writes `hubscope.d.ts` beside it. */
export async function buildPage({
  outDir = path.join(projectRoot, "dist", "page"),
  minify = true,
}: PageBuildOptions = {}): Promise<PageBuild> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const options = bundleOptions({ minify });
  const script = path.join(outDir, "hubscope.js");
  const { metafile } = await esbuild.build({
    ...options,
    metafile: true,
    define: { ...options.define, hubscopeVersion: JSON.stringify(await version()) },
    absWorkingDir: projectRoot,
    entryPoints: [`${SOURCES}/main.ts`],
    outfile: script,
  });
  await writeLicenses(outDir, projectRoot, [metafile]);
  await writeFile(path.join(outDir, "hubscope.d.ts"), await pageTypes());
  return { outDir, script, metafile };
}

export async function version(): Promise<string> {
  const text = await readFile(path.join(projectRoot, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
