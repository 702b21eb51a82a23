/**
 * Licences of the packages in our bundles. Each asks that its notice goes wherever its code goes, and minifying removes the
 * comments in which most packages have it.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Metafile } from "esbuild";
import { projectRoot } from "./paths.ts";

const LICENSES_FILE = "third-party-licenses.txt";

/** Writes the licences of all packages in these bundles to `outDir`. Writes no file when the bundles have only our own code. */
export async function writeLicenses(
  outDir: string,
  root: string,
  bundles: readonly Metafile[],
): Promise<void> {
  const folders = [...new Set(bundles.flatMap(packagesIn))].sort();
  if (folders.length === 0) return;
  const notices = await Promise.all(folders.map((folder) => noticeOf(path.resolve(root, folder))));
  const text = ["Hubscope contains code of these packages:\n", ...notices].join(`\n${"-".repeat(80)}\n\n`);
  await writeFile(path.join(outDir, LICENSES_FILE), text);
}

/** The folders of the packages of which code is in the output: an import whose code was not needed leaves none. */
function packagesIn({ outputs }: Metafile): string[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .flatMap(([file, { bytesInOutput }]) => {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
      return folder === undefined || bytesInOutput === 0 ? [] : [folder];
    });
}

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly repository?: string | { readonly url: string };
}

/** Packages without a licence file in them: that of the repository that they name, in scripts/licences. */
const OF_REPOSITORY: Readonly<Record<string, string>> = {
  "@microsoft/signalr": "aspnetcore.txt",
  "@microsoft/signalr-protocol-msgpack": "aspnetcore.txt",
};

/** Throws for a package without a licence file: it can't be shipped before somebody has found out its terms. */
async function noticeOf(folder: string): Promise<string> {
  const text = await readFile(path.join(folder, "package.json"), "utf8");
  const { name, version, license, repository } = JSON.parse(text) as PackageFile;
  const own = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice)\b/i.test(file)).sort();
  const known = license === "MIT" ? OF_REPOSITORY[name] : undefined;
  const files =
    own.length > 0 || known === undefined
      ? own.map((file) => path.join(folder, file))
      : [path.join(projectRoot, "scripts", "licences", known)];
  if (files.length === 0) throw new Error(`${name} has no licence file: its code can't be shipped`);
  const licences = await Promise.all(files.map((file) => readFile(file, "utf8")));
  // The Mozilla Public License (of webextension-polyfill) asks to say where the source code is.
  const url = typeof repository === "object" ? repository.url : repository;
  const source = url?.replace(/^git(?:\+https)?:/, "https:").replace(/\.git$/, "");
  return [`${name} ${version}`, ...(source === undefined ? [] : [source]), "", ...licences].join("\n");
}
