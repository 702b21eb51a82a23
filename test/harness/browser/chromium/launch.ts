import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import puppeteer, { type Browser, type Page, type Protocol } from "puppeteer-core";
import { findBrowser } from "../../../../extension/cli/record/find-browser.ts";
import type { LaunchOptions, TestBrowser, TestPage, Theme } from "../types.ts";
import { until } from "../until.ts";
import { registersScripts } from "../registers-scripts.ts";
import { DOCKED_WINDOW, TEST_WINDOW } from "../docked.ts";
import { devtoolsPreferences, setDevtoolsTheme } from "./devtools.ts";
import { ChromiumPage } from "./page.ts";

/**
 * Switches of puppeteer that keep hidden tabs as active as visible ones. Left out, because users' browsers slow hidden
 * tabs down.
 */
const KEEPS_HIDDEN_AWAKE = [
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];

// Keeps the browser from using network or processor on its own. Root in a container can't use Chromium's sandbox.
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-default-browser-check",
  "--no-first-run",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

export async function launchChromium(
  options: LaunchOptions & { extensionDir: string },
): Promise<TestBrowser> {
  const { theme = "light", dock = "window", downloadDir, headless = true } = options;
  const profile = await mkdtemp(path.join(os.tmpdir(), "hubscope-chromium-"));
  await mkdir(path.join(profile, "Default"));
  const preferences = JSON.stringify(devtoolsPreferences(theme, dock));
  await writeFile(path.join(profile, "Default", "Preferences"), preferences);
  const browser = await puppeteer.launch({
    executablePath: options.executable ?? findBrowser("chromium"),
    headless,
    pipe: true,
    userDataDir: profile,
    enableExtensions: [path.resolve(options.extensionDir)],
    defaultViewport: null,
    handleDevToolsAsPage: true,
    // The CDP domains that puppeteer enables by default change how a page's sockets behave and what they cost; no test needs
    // them.
    networkEnabled: false,
    issuesEnabled: false,
    ...(downloadDir === undefined
      ? {}
      : { downloadBehavior: { policy: "allow" as const, downloadPath: path.resolve(downloadDir) } }),
    args: [
      ...quiet,
      `--window-size=${Object.values(dock === "bottom" ? DOCKED_WINDOW : TEST_WINDOW).join()}`,
      "--window-position=0,0",
    ],
    ignoreDefaultArgs: KEEPS_HIDDEN_AWAKE,
  });
  const chromium = new ChromiumBrowser(browser, profile, options);
  if (await registersScripts(options.extensionDir)) await chromium.waitForScripts();
  return chromium;
}

interface Scripting {
  getRegisteredContentScripts(): Promise<unknown[]>;
}

/** The system's preference, as the page sees it. */
const setColorScheme = (page: Page, theme: Theme): Promise<void> =>
  page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);

class ChromiumBrowser implements TestBrowser {
  readonly name = "chromium";
  private readonly devtools = new Set<Page>();
  /** Set when the theme was changed after the start of the browser. */
  private theme: Theme | undefined;

  constructor(
    private readonly browser: Browser,
    private readonly profile: string,
    private readonly options: LaunchOptions,
  ) {}

  async newPage(url: string): Promise<TestPage> {
    const page = await this.openTab(url);
    if (this.options.devtools) await page.openPanel();
    return page;
  }

  async extensionPage(file: string): Promise<TestPage> {
    return this.openTab(await this.extensionUrl(file));
  }

  async openedPage(pathStart: string): Promise<TestPage> {
    const url = await this.extensionUrl(pathStart);
    const page = await until(`${pathStart} to be opened`, async () =>
      (await this.browser.pages()).find((one) => one.url().startsWith(url)),
    );
    if (this.theme) await setColorScheme(page, this.theme);
    return this.pageOf(page);
  }

  /**
   * An extension that was just installed registers its content scripts a moment later: a page that is opened before gets none.
   */
  async waitForScripts(): Promise<void> {
    const page = await this.extensionPage("manifest.json");
    await page.waitFor("the content scripts to be registered", async () => {
      const { scripting } = (globalThis as unknown as { chrome: { scripting: Scripting } }).chrome;
      return (await scripting.getRegisteredContentScripts()).length > 0;
    });
    await page.close();
  }

  async stopBackground(): Promise<void> {
    const worker = await this.watchWorker();
    await until("the service worker to be known", worker.status);
    await worker.session.send("ServiceWorker.stopAllWorkers");
    await until("the service worker to stop", worker.hasStopped);
    await worker.session.detach();
  }

  async backgroundRuns(): Promise<boolean> {
    const worker = await this.watchWorker();
    const status = await until("the service worker to be known", worker.status);
    await worker.session.detach();
    return status !== "stopped";
  }

  /** The status that Chromium reports. The target isn't enough: a worker that is restarted at once may keep it. */
  private async watchWorker() {
    const [page] = await this.browser.pages();
    if (!page) throw new Error("There is no page to look at the service worker from.");
    const session = await page.createCDPSession();
    let status: Protocol.ServiceWorker.ServiceWorkerVersionRunningStatus | undefined;
    let hasStopped = false;
    session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      for (const { scriptURL, runningStatus } of versions) {
        if (!scriptURL.startsWith("chrome-extension://")) continue;
        status = runningStatus;
        hasStopped ||= runningStatus === "stopped";
      }
    });
    await session.send("ServiceWorker.enable");
    return { session, status: () => status, hasStopped: () => hasStopped };
  }

  async setTheme(theme: Theme): Promise<void> {
    this.theme = theme;
    for (const devtools of this.devtools) await setDevtoolsTheme(devtools, theme);
    for (const page of await this.browser.pages())
      if (page.url().startsWith("chrome-extension://")) await setColorScheme(page, theme);
  }

  closed(): Promise<void> {
    return new Promise((resolve) => this.browser.once("disconnected", () => resolve()));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private async openTab(url: string): Promise<ChromiumPage> {
    // When a person uses the browser, its first tab is used, so that no blank tab stays open beside it.
    const [first] = this.options.dock === "bottom" ? await this.browser.pages() : [];
    const page = this.pageOf(first?.url() === "about:blank" ? first : await this.browser.newPage());
    await page.goto(url);
    return page;
  }

  private pageOf(page: Page): ChromiumPage {
    return new ChromiumPage(page, {
      dock: this.options.dock ?? "window",
      onDevtools: (devtools) => this.onDevtools(devtools),
    });
  }

  private async extensionUrl(file: string): Promise<string> {
    const id = await until("the extension", async () => [...(await this.browser.extensions()).keys()][0]);
    return `chrome-extension://${id}/${file}`;
  }

  private async onDevtools(devtools: Page): Promise<void> {
    this.devtools.add(devtools);
    devtools.once("close", () => this.devtools.delete(devtools));
    if (this.theme) await setDevtoolsTheme(devtools, this.theme);
  }
}
