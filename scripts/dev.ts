import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import path from "node:path";
import { parseArgs } from "node:util";
import type { BrowserKind } from "../extension/cli/record/find-browser.ts";
import { ensureBrowser } from "./browsers.ts";
import { buildExtension } from "./build.ts";
import { isMain, projectRoot } from "./paths.ts";
import { hasDisplay, thisSystem } from "../extension/cli/record/system.ts";

export interface DevOptions {
  browser: BrowserKind;
  /** The first page to open. */
  url: string;
}

/**
 * Runs the extension in a separate browser, and rebuilds and reloads it whenever a source changes. Ends when the browser is
 * closed.
 */
export async function dev({ browser, url }: DevOptions): Promise<number> {
  const outDir = path.join(projectRoot, "dist", `dev-${browser}`);
  const builds = new EventEmitter();
  const firstBuild = once(builds, "built");
  const build = await buildExtension({
    browser: browser === "chromium" ? "chrome" : "firefox",
    outDir,
    minify: false,
    watch: ({ errors }) => {
      console.log(errors === 0 ? "Built." : "Not built: see above.");
      builds.emit("built");
    },
  });
  await firstBuild;
  const webExt = path.join(projectRoot, "node_modules", "web-ext", "bin", "web-ext.js");
  const args = ["run", "--no-config-discovery", "--no-input", `--source-dir=${outDir}`, `--start-url=${url}`];
  const child = spawn(process.execPath, [webExt, ...args, ...browserArgs(browser)], { stdio: "inherit" });
  // Ctrl+C reaches both of us; other signals only this process.
  process.once("SIGTERM", () => child.kill());
  process.once("SIGINT", () => undefined);
  const [exitCode] = (await once(child, "exit")) as [number | null];
  await build.stop();
  return exitCode ?? 0;
}

function browserArgs(browser: BrowserKind): string[] {
  const program = ensureBrowser(browser);
  const headless = hasDisplay() ? [] : ["--headless"];
  if (headless.length > 0) console.log("There is no display: the browser runs without a window.");
  switch (browser) {
    case "chromium": {
      // Chromium's sandbox doesn't work as root.
      const sandbox = thisSystem.isRoot ? ["--no-sandbox"] : [];
      const flags = ["--auto-open-devtools-for-tabs", ...headless, ...sandbox];
      return ["--target=chromium", `--chromium-binary=${program}`, ...flags.map((flag) => `--args=${flag}`)];
    }
    case "firefox": {
      const flags = ["--devtools", ...headless];
      return ["--target=firefox-desktop", `--firefox=${program}`, ...flags.map((flag) => `--args=${flag}`)];
    }
  }
}

/** `npm run dev [-- --browser chromium|firefox] [--url URL]` */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      browser: { type: "string", default: "chromium" },
      url: { type: "string", default: "about:blank" },
    },
  });
  const { browser, url } = values;
  if (browser === "chromium" || browser === "firefox") return dev({ browser, url });
  console.error(`--browser is chromium or firefox, not ${browser}`);
  return 1;
}

if (isMain(import.meta.url)) process.exitCode = await main();
