/** The panel in Firefox: tasks are gaps between the beats of a timer, memory comes from its memory reporters. */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { countScriptsScript, tabAtScript } from "../../harness/browser/firefox/interface-scripts.ts";
import { FirefoxPage } from "../../harness/browser/firefox/page.ts";
import { startFirefox, type FirefoxProcess } from "../../harness/browser/firefox/process.ts";
import { createProfile } from "../../harness/browser/firefox/profile.ts";
import { Session } from "../../harness/browser/firefox/session.ts";
import { until } from "../../harness/browser/until.ts";
import { openWindow, tabIdOf } from "../../harness/window-of.ts";
import { PANEL_SIZE, type MeasuredPanel, type PanelBrowser, type Turn } from "./panel-browser.ts";
import type { Task } from "./watch-api.ts";

const UUID = "6f1c2f5e-6a0d-4f0c-9a55-1d0b5c0de001";
const FRAME = 16;
/** Wheel turns in one command. */
const TURNS = 10;

export class PanelFirefox implements PanelBrowser {
  private constructor(
    private readonly firefox: FirefoxProcess,
    private readonly session: Session,
    private readonly profile: string,
    private readonly extensionId: string,
    private readonly firstTab: string,
  ) {}

  static async launch(extensionDir: string): Promise<PanelFirefox> {
    const id = await idOf(extensionDir);
    const profile = await createProfile({
      extension: { id, uuid: UUID },
      theme: "light",
      downloadDir: undefined,
    });
    const firefox = await startFirefox({ profile, headless: true, executable: undefined });
    const session = new Session(firefox.marionette);
    await session.start();
    await session.browser(preciseTimersScript);
    await session.command("Addon:Install", { path: extensionDir, temporary: true });
    await until("the content scripts to be registered", () => session.browser(countScriptsScript, id));
    const { value: tab } = await session.command<{ value: string }>("WebDriver:GetWindowHandle");
    return new PanelFirefox(firefox, session, profile, id, tab);
  }

  version(): Promise<string> {
    return this.session.browser("return `Firefox/${Services.appinfo.version}`;") as Promise<string>;
  }

  async openPanel(url: string): Promise<MeasuredPanel> {
    const tab = await this.openTab(url);
    const reader = await this.extensionPage("popup.html");
    const tabId = await tabIdOf(reader, tab);
    let handle = "";
    await openWindow(
      {
        extensionPage: (file) => this.extensionPage(file),
        openedPage: async (start) => this.pageOf((handle = await this.opened(start))),
      },
      tabId,
    );
    await reader.close();
    const page = this.pageOf(handle);
    await page.resize(PANEL_SIZE);
    return new FirefoxMeasuredPanel(this.session, handle, page, tab);
  }

  async close(): Promise<void> {
    await this.firefox.quit();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private extensionPage(file: string): Promise<FirefoxPage> {
    return this.openTab(`moz-extension://${UUID}/${file}`);
  }

  private async openTab(url: string): Promise<FirefoxPage> {
    const { handle } = await this.session.at({ handle: this.firstTab }, (here) =>
      here.command<{ handle: string }>("WebDriver:NewWindow", { type: "tab", focus: true }),
    );
    const page = this.pageOf(handle);
    await page.goto(url);
    return page;
  }

  private async opened(start: string): Promise<string> {
    const url = `moz-extension://${UUID}/${start}`;
    return (await until(`${start} to be opened`, () => this.session.browser(tabAtScript, url))) as string;
  }

  private pageOf(handle: string): FirefoxPage {
    return new FirefoxPage(this.session, handle, this.extensionId, "window");
  }
}

class FirefoxMeasuredPanel implements MeasuredPanel {
  constructor(
    private readonly session: Session,
    private readonly handle: string,
    readonly page: FirefoxPage,
    private readonly tab: FirefoxPage,
  ) {}

  async wheel({ x, y }: { x: number; y: number }, turns: readonly Turn[]): Promise<void> {
    for (let from = 0; from < turns.length; from += TURNS) {
      const actions = turns.slice(from, from + TURNS).flatMap(({ deltaX, deltaY }) => [
        { type: "scroll", x, y, deltaX, deltaY, duration: 0, origin: "viewport" },
        { type: "pause", duration: FRAME },
      ]);
      await this.session.at({ handle: this.handle }, (here) =>
        here.command("WebDriver:PerformActions", { actions: [{ type: "wheel", id: "wheel", actions }] }),
      );
    }
  }

  async tasksDuring(act: () => Promise<void>): Promise<Task[]> {
    await act();
    return this.page.evaluate(() => [...window.panelWatch.notes().gaps]);
  }

  async heap(): Promise<number | null> {
    return (await this.session.browser(memoryScript)) as number | null;
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.tab.close();
  }
}

/** Firefox rounds the clock to milliseconds, and delays timers while a page loads: neither is the panel's doing. */
const preciseTimersScript = `
  Services.prefs.setBoolPref("privacy.reduceTimerPrecision", false);
  Services.prefs.setBoolPref("dom.timeout.defer_during_load", false);`;

/** All memory that Firefox reports for the panel's page and its workers. Null: nothing is reported for it. */
const memoryScript = `
  const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  Services.obs.notifyObservers(null, "child-mmu-request");
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const reporters = Cc["@mozilla.org/memory-reporter-manager;1"].getService(Ci.nsIMemoryReporterManager);
  let sum = 0;
  const isPanels = (path) => path.startsWith("explicit/") && /panel\\.html|-worker\\.js/.test(path);
  await new Promise((resolve) => reporters.getReports(
    (process, path, kind, units, amount) => { if (isPanels(path)) sum += amount; }, null, resolve, null, false));
  return sum || null;`;

async function idOf(extensionDir: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(extensionDir, "manifest.json"), "utf8")) as {
    browser_specific_settings: { gecko: { id: string } };
  };
  return manifest.browser_specific_settings.gecko.id;
}
