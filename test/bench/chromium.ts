/** Starts a Chromium for measuring: nothing in it runs that a case doesn't need. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findBrowser } from "../../extension/cli/record/find-browser.ts";
import { devtoolsPreferences } from "../harness/browser/chromium/devtools.ts";
import { registersScripts } from "../harness/browser/registers-scripts.ts";
import { until } from "../harness/browser/until.ts";
import { isRenderer, mainThreadTime, processTree } from "./cpu.ts";

export interface RunningBrowser {
  readonly browser: Browser;
  readonly pid: number;
  close(): Promise<void>;
}

/** @param options.devtools DevTools can be opened, in a window of its own */
export async function startChromium(
  extensionDir: string | null,
  { devtools = false }: { readonly devtools?: boolean } = {},
): Promise<RunningBrowser> {
  const profile = await mkdtemp(path.join(os.tmpdir(), "hubscope-bench-"));
  if (devtools) {
    await mkdir(path.join(profile, "Default"));
    const preferences = JSON.stringify(devtoolsPreferences("light", "window"));
    await writeFile(path.join(profile, "Default", "Preferences"), preferences);
  }
  const browser = await puppeteer.launch({
    executablePath: findBrowser("chromium"),
    headless: true,
    pipe: true,
    protocolTimeout: 600_000,
    userDataDir: profile,
    handleDevToolsAsPage: devtools,
    ...(extensionDir === null ? {} : { enableExtensions: [extensionDir] }),
    // CDP's Network domain, which puppeteer enables by default, would double the cost of a message for the page.
    networkEnabled: false,
    issuesEnabled: false,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  if (extensionDir !== null && (await registersScripts(extensionDir))) {
    // A page that is opened before the extension has registered its scripts would be measured without them.
    const page = await extensionPage(browser, "manifest.json");
    await until("the content scripts to be registered", () =>
      page.evaluate("chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length)"),
    );
    await page.close();
  }
  return { browser, pid: browser.process()?.pid ?? 0, close };
}

/** A page of the extension in a tab. */
export async function extensionPage(browser: Browser, file: string): Promise<Page> {
  const id = await until("the extension", async () => [...(await browser.extensions()).keys()][0]);
  const page = await browser.newPage();
  await page.goto(`chrome-extension://${id}/${file}`);
  return page;
}

/** Finds the process of a page: its main thread is the one that runs while the page is busy. */
export async function rendererOf(
  pid: number,
  burn: (milliseconds: number) => Promise<void>,
): Promise<number> {
  for (let tries = 0; tries < 10; tries++) {
    const first = await busiest(pid, burn);
    if (first === (await busiest(pid, burn))) return first;
  }
  throw new Error(
    "The page's process could not be told from the others: is the machine busy with something else?",
  );
}

async function busiest(pid: number, burn: (milliseconds: number) => Promise<void>): Promise<number> {
  const renderers = processTree(pid)
    .map((member) => member.pid)
    .filter(isRenderer);
  const before = new Map(renderers.map((renderer) => [renderer, mainThreadTime(renderer)]));
  await burn(100);
  const ran = renderers.map((renderer) => ({
    renderer,
    time: mainThreadTime(renderer) - (before.get(renderer) ?? 0),
  }));
  return ran.sort((a, b) => b.time - a.time)[0]?.renderer ?? 0;
}
