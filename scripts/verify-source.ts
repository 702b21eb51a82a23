/**
 * `npm run package:verify [-- --linked]`: does the same as a reviewer at Mozilla: unpacks the source archive into an empty
 * folder, runs `npm ci` and `npm run package` there, and compares the result with this checkout's, byte for byte. `--linked`
 * takes this checkout's node_modules in place of `npm ci`.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { packageExtension } from "./package.ts";
import { projectRoot } from "./paths.ts";
import { sourceArchive } from "./source-archive.ts";

/** Returns the folder in the archive. */
async function unpack(archive: Uint8Array, into: string): Promise<string> {
  const files = Object.entries(unzipSync(archive));
  for (const [name, data] of files) {
    const file = path.join(into, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, data);
  }
  const [top = ""] = files[0]?.[0].split("/") ?? [];
  return path.join(into, top);
}

function npm(folder: string, ...args: string[]): void {
  console.log(`npm ${args.join(" ")}`);
  const { status } = spawnSync("npm", args, {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed in the unpacked source`);
}

async function hash(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}

async function verify(linked: boolean): Promise<boolean> {
  const temporary = await mkdtemp(path.join(os.tmpdir(), "hubscope-source-"));
  try {
    const folder = await unpack(await sourceArchive(projectRoot), temporary);
    if (linked) await symlink(path.join(projectRoot, "node_modules"), path.join(folder, "node_modules"));
    else npm(folder, "ci", "--no-audit", "--no-fund");
    npm(folder, "run", "package");
    let same = true;
    for (const browser of ["chrome", "firefox"] as const) {
      const ours = await packageExtension(browser);
      const theirs = await hash(path.join(folder, path.relative(projectRoot, ours)));
      const equal = theirs === (await hash(ours));
      console.log(`${equal ? "same     " : "DIFFERENT"} ${path.basename(ours)} ${theirs}`);
      same &&= equal;
    }
    return same;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

process.exitCode = (await verify(process.argv.includes("--linked"))) ? 0 : 1;
