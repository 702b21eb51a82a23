import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./", import.meta.url));
/** This folder exists during a build: test files run in parallel, and two builds at the same time would break each other. */
const lock = `${folder}bin/building`;
const longestBuildMilliseconds = 180_000;
export const serverDll = `${folder}bin/Release/net10.0/BoardServer.dll`;

/** Whether the PATH contains `dotnet`. */
export function hasDotnet(): boolean {
  return spawnSync("dotnet", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Builds the server, unless the last build is newer than all source files. */
export async function buildServer(): Promise<void> {
  while (isBuilding() || !isBuilt()) {
    if (takeLock()) buildLocked();
    else await wait(200);
  }
}

function buildLocked(): void {
  try {
    // Another process has built it and released the lock since our check. A server may already run from these files.
    if (isBuilt()) return;
    const build = spawnSync(
      "dotnet",
      ["build", "--configuration", "Release", "--nologo", "--verbosity", "quiet"],
      { cwd: folder, encoding: "utf8", env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1" } },
    );
    if (build.status !== 0)
      throw new Error(`The ASP.NET Core hub doesn't build.\n${build.stdout}${build.stderr}`);
  } finally {
    rmdirSync(lock);
  }
}

function isBuilding(): boolean {
  return statSync(lock, { throwIfNoEntry: false }) !== undefined;
}

function isBuilt(): boolean {
  const built = statSync(serverDll, { throwIfNoEntry: false });
  if (!built) return false;
  return readdirSync(folder)
    .filter((name) => /\.(cs|csproj)$/.test(name))
    .every((name) => statSync(folder + name).mtimeMs < built.mtimeMs);
}

function takeLock(): boolean {
  mkdirSync(`${folder}bin`, { recursive: true });
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
