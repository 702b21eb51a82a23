import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { buildExtension } from "./build.ts";
import type { BuildBrowser } from "./manifest.ts";
import { buildNpm, packNpm } from "./npm-package.ts";
import { isMain, projectRoot } from "./paths.ts";
import { zip, type ZipFile } from "./zip.ts";

/** Builds the extension and packs it for the browser's store, from the sources in `root`. Returns the archive's path. */
export async function packageExtension(browser: BuildBrowser, root = projectRoot): Promise<string> {
  const { outDir, missing } = await buildExtension({ browser, root });
  if (missing.length > 0) throw new Error(`nothing to ship without ${missing.join(", ")}`);
  const archive = path.join(path.dirname(outDir), `hubscope-${browser}.zip`);
  await writeFile(archive, zip(await readFolder(outDir)));
  return archive;
}

async function readFolder(folder: string): Promise<ZipFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file).split(path.sep).join("/");
      return { name, data: await readFile(file) };
    }),
  );
}

async function main(): Promise<void> {
  for (const browser of ["chrome", "firefox"] as const) {
    const archive = await packageExtension(browser);
    const { length } = await readFile(archive);
    console.log(`${path.relative(projectRoot, archive)}: ${(length / 1024).toFixed(1)} KB`);
  }
  const archive = packNpm(await buildNpm());
  const { size } = await stat(archive);
  console.log(`${path.relative(projectRoot, archive)}: ${(size / 1024).toFixed(1)} KB`);
}

if (isMain(import.meta.url)) await main();
