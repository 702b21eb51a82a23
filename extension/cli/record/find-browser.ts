/** Finds the browsers that are installed on this machine. */
import { candidatePaths } from "./browser-paths.ts";
import { thisSystem, type System } from "./system.ts";

/** `chromium` is any of its family: Chromium, Chrome, Edge. */
export type BrowserKind = "chromium" | "firefox";

/** How to get a missing browser: packages that we can install, or instructions for the user. */
export type Remedy = { install: readonly string[] } | { advice: string };

const variables: Record<BrowserKind, string> = { chromium: "CHROME_BIN", firefox: "FIREFOX_BIN" };
export const BROWSER_NAMES: Record<BrowserKind, string> = {
  chromium: "Chromium, Chrome or Edge",
  firefox: "Firefox",
};

/** The path of the installed browser, or undefined. Throws when the environment names one that isn't there. */
export function locateBrowser(kind: BrowserKind, system: System = thisSystem): string | undefined {
  const variable = variables[kind];
  const named = system.env[variable];
  if (named !== undefined && named !== "") {
    if (system.isExecutable(named)) return named;
    throw new Error(`${variable} is ${named}, which is no program that can be started`);
  }
  return candidatePaths(kind, system).find((file) => system.isExecutable(file));
}

/** The path of the installed browser. The error says how to get one. */
export function findBrowser(kind: BrowserKind, system: System = thisSystem): string {
  const file = locateBrowser(kind, system);
  if (file !== undefined) return file;
  const remedy = remedyFor(kind, system);
  const advice = "advice" in remedy ? remedy.advice : installCommand(remedy.install);
  throw new Error(
    `${BROWSER_NAMES[kind]} not found. Install it with: ${advice}\nor set ${variables[kind]} to its path.`,
  );
}

export function remedyFor(kind: BrowserKind, system: System): Remedy {
  if (system.platform === "darwin") {
    return { advice: `brew install --cask ${kind === "chromium" ? "google-chrome" : "firefox"}` };
  }
  if (system.platform === "win32") {
    return { advice: `winget install ${kind === "chromium" ? "Google.Chrome" : "Mozilla.Firefox"}` };
  }
  return linuxRemedy(kind, system.osRelease());
}

function linuxRemedy(kind: BrowserKind, release: ReadonlyMap<string, string>): Remedy {
  const family = [release.get("ID") ?? "", ...(release.get("ID_LIKE") ?? "").split(" ")];
  // Ubuntu's packages only install the snap, which needs a running snapd.
  if (family.includes("ubuntu")) return { advice: `sudo snap install ${kind}` };
  if (family.includes("debian")) {
    return { install: [kind === "chromium" ? "chromium" : "firefox-esr", "fonts-dejavu-core"] };
  }
  if (family.includes("fedora")) return { advice: `sudo dnf install ${kind}` };
  if (family.includes("arch")) return { advice: `sudo pacman -S ${kind}` };
  return { advice: `your system's package manager (package ${kind})` };
}

function installCommand(packages: readonly string[]): string {
  return `sudo apt-get install --no-install-recommends ${packages.join(" ")}`;
}
