/**
 * Loads the blank page in Firefox, three times in each of many fresh processes. Firefox has no trace of single scripts, but a
 * timer of its own around each content script (`content_script_injection`, in its `ExtensionContent.sys.mjs`), and its profiler
 * shows when that starts and stops: what the scripts take to run, by the clock, without their compilation, which happens on
 * another thread. The third load runs without the profiler: it gives the CPU time of the page's main thread.
 */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { countScriptsScript } from "../../harness/browser/firefox/interface-scripts.ts";
import { createProfile } from "../../harness/browser/firefox/profile.ts";
import { startFirefox, type FirefoxProcess } from "../../harness/browser/firefox/process.ts";
import { Session } from "../../harness/browser/firefox/session.ts";
import { registersScripts } from "../../harness/browser/registers-scripts.ts";
import { until } from "../../harness/browser/until.ts";
import { mainThreadTime } from "../cpu.ts";
import type { BlankPage } from "./blank-page.ts";
import { registeredScripts, type RegisteredScript } from "./empty-extension.ts";

const SETTLED = 300;
const STARTED = 2_000;

/** All in milliseconds. */
export interface FirefoxLoad {
  readonly fresh: number;
  readonly warm: number;
  readonly warmCpu: number;
}

interface Tab {
  readonly handle: string;
}

export class BlankFirefox {
  private readonly processes = new Set<number>();
  private sites = 0;

  private constructor(
    private readonly firefox: FirefoxProcess,
    private readonly session: Session,
    private readonly profile: string,
    private readonly extensionId: string,
    private readonly firstTab: string,
  ) {}

  static async launch(extensionDir: string): Promise<BlankFirefox> {
    const profile = await createProfile({ theme: "light", downloadDir: undefined });
    const firefox = await startFirefox({ profile, headless: true, executable: undefined });
    const session = new Session(firefox.marionette);
    await session.start();
    await session.command("Addon:Install", { path: extensionDir, temporary: true });
    const extensionId = await idOf(extensionDir);
    if (await registersScripts(extensionDir))
      await until("the content scripts to be registered", () =>
        session.browser(countScriptsScript, extensionId),
      );
    const { value: tab } = await session.command<{ value: string }>("WebDriver:GetWindowHandle");
    await wait(STARTED);
    return new BlankFirefox(firefox, session, profile, extensionId, tab);
  }

  version(): Promise<string> {
    return this.session.browser("return `Firefox/${Services.appinfo.version}`;") as Promise<string>;
  }

  async registered(): Promise<RegisteredScript[]> {
    const host = (await this.session.browser(hostScript, this.extensionId)) as string;
    const tab = await this.openTab();
    await this.goto(tab, `moz-extension://${host}/popup.html`);
    const scripts = await this.session.at(tab, (here) => here.run(registeredScripts));
    await this.closeTab(tab);
    return scripts as RegisteredScript[];
  }

  async load(blank: BlankPage): Promise<FirefoxLoad> {
    const site = this.sites++;
    const tab = await this.openTab();
    const goto = async (load: number): Promise<void> => {
      await this.goto(tab, blank.url(site, load));
      await wait(SETTLED);
    };
    await this.session.browser(startProfilerScript);
    await goto(1);
    const pid = (await this.session.browser(processScript)) as number;
    if (this.processes.has(pid)) throw new Error("The process of a fresh load was not fresh.");
    this.processes.add(pid);
    const fresh = await this.injected(pid);
    await this.session.browser(startProfilerScript);
    await goto(2);
    const warm = await this.injected(pid);
    const cpu = mainThreadTime(pid);
    await goto(3);
    const warmCpu = (mainThreadTime(pid) - cpu) / 1e6;
    await this.closeTab(tab);
    return { fresh, warm, warmCpu };
  }

  async close(): Promise<void> {
    await this.firefox.quit();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private openTab(): Promise<Tab> {
    return this.session.at({ handle: this.firstTab }, (here) =>
      here.command<Tab>("WebDriver:NewWindow", { type: "tab", focus: true }),
    );
  }

  private async goto(tab: Tab, url: string): Promise<void> {
    await this.session.at(tab, (here) => here.command("WebDriver:Navigate", { url }));
  }

  private async closeTab(tab: Tab): Promise<void> {
    await this.session.at(tab, (here) => here.command("WebDriver:CloseWindow"));
  }

  /** Ends the profile. @returns the milliseconds that content scripts took in this process */
  private async injected(pid: number): Promise<number> {
    return (await this.session.browser(injectedScript, pid)) as number;
  }
}

/** 128 MB of markers, no samples. */
const startProfilerScript = `await Services.profiler.StartProfiler(1 << 24, 1, ["nostacksampling"], ["GeckoMain"]);`;

const injectedScript = `
  const profile = await Services.profiler.getProfileDataAsync();
  await Services.profiler.StopProfiler();
  const thread = profile.processes.flatMap(({ threads }) => threads).find(({ pid }) => Number(pid) === args[0]);
  if (!thread) throw new Error("The page's process is not in the profile.");
  const { data, schema } = thread.markers;
  let sum = 0;
  const open = new Map();
  for (const marker of data) {
    const payload = marker[schema.data];
    if (payload?.type !== "TimingDist" || thread.stringTable[payload.id] !== "content_script_injection") continue;
    const name = thread.stringTable[marker[schema.name]];
    const time = marker[schema.startTime];
    if (name === "TimingDistribution::start") open.set(payload.timer_id, time);
    else if (name === "TimingDistribution::stop") sum += time - open.get(payload.timer_id);
  }
  if (open.size === 0) throw new Error("No content script ran.");
  return sum;`;

const hostScript = `return WebExtensionPolicy.getByID(args[0]).mozExtensionHostname;`;

const processScript = `return gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid;`;

async function idOf(extensionDir: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(extensionDir, "manifest.json"), "utf8")) as {
    browser_specific_settings: { gecko: { id: string } };
  };
  return manifest.browser_specific_settings.gecko.id;
}
