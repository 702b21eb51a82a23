import { spawnSync } from "node:child_process";
import {
  BROWSER_NAMES,
  findBrowser,
  locateBrowser,
  remedyFor,
  type BrowserKind,
} from "../extension/cli/record/find-browser.ts";
import { thisSystem, type System } from "../extension/cli/record/system.ts";

/** Like `findBrowser`, but installs the browser if that is possible without asking: as root on Debian-based systems. */
export function ensureBrowser(kind: BrowserKind, system: System = thisSystem): string {
  if (locateBrowser(kind, system) === undefined) {
    const remedy = remedyFor(kind, system);
    if ("install" in remedy && system.isRoot) installPackages(BROWSER_NAMES[kind], remedy.install);
  }
  return findBrowser(kind, system);
}

function installPackages(what: string, packages: readonly string[]): void {
  console.log(`${what} is missing. Installing ${packages.join(" and ")} with apt-get…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...packages]]) {
    const { status } = spawnSync("apt-get", args, { stdio: ["ignore", "inherit", "inherit"], env });
    if (status !== 0) throw new Error(`apt-get ${args.join(" ")} failed (${String(status)})`);
  }
}
