import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { DOCKED_HEIGHT, DOCKED_WINDOW } from "../docked.ts";
import type { LaunchOptions, TestBrowser, TestPage, Theme } from "../types.ts";
import { registersScripts } from "../registers-scripts.ts";
import {
  backgroundRunsScript,
  countScriptsScript,
  setThemeScript,
  stopBackgroundScript,
  tabAtScript,
} from "./interface-scripts.ts";
import { FirefoxPage } from "./page.ts";
import { startFirefox, type FirefoxProcess } from "./process.ts";
import { createProfile } from "./profile.ts";
import { until } from "../until.ts";
import { Session } from "./session.ts";

const extensionUuid = "6f1c2f5e-6a0d-4f0c-9a55-1d0b5c0de000";

export async function launchFirefox(options: LaunchOptions & { extensionDir: string }): Promise<TestBrowser> {
  const { theme = "light", downloadDir, headless = true, executable } = options;
  const extensionDir = path.resolve(options.extensionDir);
  const extensionId = await readExtensionId(extensionDir);
  const docked = options.dock === "bottom";
  const dockedHeight = docked ? DOCKED_HEIGHT : undefined;
  const profile = await createProfile({
    extension: { id: extensionId, uuid: extensionUuid },
    theme,
    downloadDir,
    dockedHeight,
  });
  const size = docked ? DOCKED_WINDOW : undefined;
  const firefox = await startFirefox({ profile, headless, executable, size });
  const session = new Session(firefox.marionette);
  await session.start(options.checksCertificates !== true);
  await session.command("Addon:Install", { path: extensionDir, temporary: true });
  if (await registersScripts(extensionDir))
    await until("the content scripts to be registered", () =>
      session.browser(countScriptsScript, extensionId),
    );
  const { value: firstTab } = await session.command<{ value: string }>("WebDriver:GetWindowHandle");
  return new FirefoxBrowser(session, firstTab, firefox, profile, extensionId, options);
}

async function readExtensionId(extensionDir: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(extensionDir, "manifest.json"), "utf8")) as {
    browser_specific_settings?: { gecko?: { id?: string } };
  };
  const id = manifest.browser_specific_settings?.gecko?.id;
  if (id === undefined)
    throw new Error(`${extensionDir} holds no extension for Firefox: its manifest has no id`);
  return id;
}

class FirefoxBrowser implements TestBrowser {
  readonly name = "firefox";
  private usesFirst = false;

  constructor(
    private readonly session: Session,
    /** The tab that Firefox starts with. In tests it isn't used, but stays open. */
    private readonly firstTab: string,
    private readonly firefox: FirefoxProcess,
    private readonly profile: string,
    private readonly extensionId: string,
    private readonly options: LaunchOptions,
  ) {}

  async newPage(url: string): Promise<TestPage> {
    const page = await this.openTab(url);
    if (this.options.devtools) await page.openPanel();
    return page;
  }

  extensionPage(file: string): Promise<TestPage> {
    return this.openTab(`moz-extension://${extensionUuid}/${file}`);
  }

  async openedPage(pathStart: string): Promise<TestPage> {
    const url = `moz-extension://${extensionUuid}/${pathStart}`;
    const handle = await until(`${pathStart} to be opened`, () => this.session.browser(tabAtScript, url));
    return this.pageOf(handle as string);
  }

  async stopBackground(): Promise<void> {
    await this.session.browser(stopBackgroundScript, this.extensionId);
  }

  async backgroundRuns(): Promise<boolean> {
    return (await this.session.browser(backgroundRunsScript, this.extensionId)) === true;
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.session.browser(setThemeScript, theme);
  }

  closed(): Promise<void> {
    return this.firefox.exited;
  }

  async close(): Promise<void> {
    await this.firefox.quit();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private async openTab(url: string): Promise<FirefoxPage> {
    if (this.options.dock === "bottom" && !this.usesFirst) {
      // When a person uses the browser, its first tab is used, so that no blank tab stays open beside it.
      const first = new FirefoxPage(this.session, this.firstTab, this.extensionId, "bottom");
      this.usesFirst = true;
      await first.goto(url);
      return first;
    }
    // A new tab must be requested from an existing one. The tab used last may be closed already, the first one is always open.
    const { handle } = await this.session.at({ handle: this.firstTab }, (here) =>
      here.command<{ handle: string }>("WebDriver:NewWindow", { type: "tab", focus: true }),
    );
    const page = this.pageOf(handle);
    await page.goto(url);
    return page;
  }

  private pageOf(handle: string): FirefoxPage {
    return new FirefoxPage(this.session, handle, this.extensionId, this.options.dock ?? "window");
  }
}
