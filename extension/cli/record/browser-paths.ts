import path from "node:path";
import type { BrowserKind } from "./find-browser.ts";
import type { System } from "./system.ts";

/** All places where the browser may be, the most likely first: environment variable, `PATH`, well-known folders. */
export function candidatePaths(kind: BrowserKind, system: System): string[] {
  const paths = system.platform === "win32" ? path.win32 : path.posix;
  const searchPath = system.env["PATH"] ?? system.env["Path"] ?? "";
  const folders = searchPath.split(paths.delimiter).filter((folder) => folder !== "");
  const onPath = folders.flatMap((folder) => commands(kind, system).map((name) => paths.join(folder, name)));
  return [...onPath, ...wellKnown(kind, system)];
}

function commands(kind: BrowserKind, system: System): string[] {
  const names = {
    chromium: [
      "chromium",
      "chromium-browser",
      "google-chrome",
      "google-chrome-stable",
      "microsoft-edge",
      "chrome",
    ],
    firefox: ["firefox-esr", "firefox"],
  }[kind];
  return system.platform === "win32" ? names.map((name) => `${name}.exe`) : names;
}

function wellKnown(kind: BrowserKind, system: System): string[] {
  if (system.platform === "darwin") {
    const home = system.env["HOME"];
    const folders = home === undefined ? ["/Applications"] : ["/Applications", `${home}/Applications`];
    return folders.flatMap((folder) => macApps[kind].map((app) => `${folder}/${app}`));
  }
  if (system.platform === "win32") {
    const variables = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
    const folders = variables.map((name) => system.env[name]).filter((folder) => folder !== undefined);
    return folders.flatMap((folder) => windowsPrograms[kind].map((file) => path.win32.join(folder, file)));
  }
  return linuxPrograms[kind];
}

const macApps: Record<BrowserKind, string[]> = {
  chromium: [
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  firefox: ["Firefox.app/Contents/MacOS/firefox", "Firefox Developer Edition.app/Contents/MacOS/firefox"],
};

const windowsPrograms: Record<BrowserKind, string[]> = {
  chromium: [
    "Google\\Chrome\\Application\\chrome.exe",
    "Chromium\\Application\\chrome.exe",
    "Microsoft\\Edge\\Application\\msedge.exe",
  ],
  firefox: ["Mozilla Firefox\\firefox.exe", "Firefox Developer Edition\\firefox.exe"],
};

const linuxPrograms: Record<BrowserKind, string[]> = {
  chromium: ["/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/snap/bin/chromium"],
  firefox: [
    "/usr/lib/firefox/firefox",
    "/usr/lib/firefox-esr/firefox-esr",
    "/opt/firefox/firefox",
    "/snap/bin/firefox",
  ],
};
