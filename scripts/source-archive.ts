/**
 * `npm run package:source`: the archive that Firefox's reviewers ask for, `dist/hubscope-source.zip`. It holds every file of the
 * commit that is checked out, and nothing else, so that the same commit gives the same bytes.
 */
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { isMain, projectRoot } from "./paths.ts";
import { zip, type ZipFile } from "./zip.ts";

/** Runs git in `root`. Throws if that isn't a checkout. */
export function git(root: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Every tracked file of `root` and its executable bit, as one archive with one folder. */
export async function sourceArchive(root: string): Promise<Buffer> {
  const changed = git(root, "status", "--porcelain");
  if (changed !== "") throw new Error(`commit these first, so that the archive is one commit's:\n${changed}`);
  const entries = git(root, "ls-files", "--stage", "-z").split("\0").filter(Boolean);
  const folder = `hubscope-${await version(root)}`;
  return zip(await Promise.all(entries.map((entry) => readEntry(root, folder, entry))));
}

/** `entry` is "mode object stage<tab>path". */
async function readEntry(root: string, folder: string, entry: string): Promise<ZipFile> {
  const name = entry.slice(entry.indexOf("\t") + 1);
  const mode = entry.slice(0, 6);
  if (mode !== "100644" && mode !== "100755") throw new Error(`${name} is no regular file (mode ${mode})`);
  return {
    name: `${folder}/${name}`,
    data: await readFile(path.join(root, name)),
    executable: mode === "100755",
  };
}

async function version(root: string): Promise<string> {
  const text = await readFile(path.join(root, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

async function main(): Promise<void> {
  const archive = path.join(projectRoot, "dist", "hubscope-source.zip");
  const bytes = await sourceArchive(projectRoot);
  await mkdir(path.dirname(archive), { recursive: true });
  await writeFile(archive, bytes);
  console.log(`${path.relative(projectRoot, archive)}: ${(bytes.length / 1024).toFixed(1)} KB`);
}

if (isMain(import.meta.url)) await main();
