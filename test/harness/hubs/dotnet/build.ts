import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const longestBuildMilliseconds = 180_000;

/** A .NET project of the tests: its folder, and the name of its project file. */
export interface DotnetProject {
  readonly folder: string;
  readonly name: string;
}

export const dllOf = ({ folder, name }: DotnetProject): string =>
  path.join(folder, "bin", "Release", "net10.0", `${name}.dll`);

let found: boolean | undefined;

/** Whether the PATH contains `dotnet`. */
export const hasDotnet = (): boolean =>
  (found ??= spawnSync("dotnet", ["--version"], { stdio: "ignore" }).status === 0);

/** Builds the server, unless the last build is newer than all source files. */
export async function buildServer(project: DotnetProject): Promise<void> {
  while (isBuilding(project) || !isBuilt(project)) {
    if (takeLock(project)) buildLocked(project);
    else await wait(200);
  }
}

function buildLocked(project: DotnetProject): void {
  try {
    // Another process has built it and released the lock since our check. A server may already run from these files.
    if (isBuilt(project)) return;
    const began = new Date();
    const build = spawnSync(
      "dotnet",
      ["build", "--configuration", "Release", "--nologo", "--verbosity", "quiet"],
      { cwd: project.folder, encoding: "utf8", env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1" } },
    );
    if (build.status !== 0) throw new Error(`${project.name} doesn't build.\n${build.stdout}${build.stderr}`);
    writeFileSync(stampOf(project), "");
    utimesSync(stampOf(project), began, began);
  } finally {
    rmdirSync(lockOf(project));
  }
}

/** This folder exists during a build: test files run in parallel, and two builds at the same time would break each other. */
const lockOf = ({ folder }: DotnetProject): string => path.join(folder, "bin", "building");

/** Its time is when the last build began. The dll's time doesn't tell: a changed script of a page leaves the dll as it is. */
const stampOf = ({ folder }: DotnetProject): string => path.join(folder, "bin", "built");

function isBuilding(project: DotnetProject): boolean {
  return statSync(lockOf(project), { throwIfNoEntry: false }) !== undefined;
}

function isBuilt(project: DotnetProject): boolean {
  const built = statSync(stampOf(project), { throwIfNoEntry: false });
  if (!built) return false;
  return sourcesOf(project.folder).every((file) => statSync(file).mtimeMs < built.mtimeMs);
}

/** Everything but what a build makes, and our own TypeScript. */
const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return ["bin", "obj"].includes(entry.name) ? [] : sourcesOf(file);
    return entry.name.endsWith(".ts") ? [] : [file];
  });

function takeLock(project: DotnetProject): boolean {
  const lock = lockOf(project);
  mkdirSync(path.dirname(lock), { recursive: true });
  const taken = statSync(lock, { throwIfNoEntry: false });
  // An old lock was left behind by a build that was interrupted.
  if (taken && Date.now() - taken.mtimeMs > longestBuildMilliseconds) rmdirSync(lock);
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
