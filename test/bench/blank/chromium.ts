/** Loads the blank page in Chromium, twice in each of many fresh processes, and traces what the extension's scripts cost. */
import { setTimeout as wait } from "node:timers/promises";
import { extensionPage, startChromium, type RunningBrowser } from "../chromium.ts";
import type { BlankPage } from "./blank-page.ts";
import { registeredScripts, type RegisteredScript } from "./empty-extension.ts";
import { CATEGORIES, readTrace, type LoadTimes } from "./trace.ts";

/** After the load: timers and listeners of the scripts are part of the cost. */
const SETTLED = 300;
const STARTED = 2_000;

export interface Pair {
  readonly fresh: LoadTimes;
  readonly warm: LoadTimes;
}

export class BlankChromium {
  private readonly processes = new Set<number>();
  private sites = 0;

  private constructor(private readonly running: RunningBrowser) {}

  static async launch(extensionDir: string): Promise<BlankChromium> {
    const browser = new BlankChromium(await startChromium(extensionDir));
    await wait(STARTED);
    return browser;
  }

  version(): Promise<string> {
    return this.running.browser.version();
  }

  async registered(): Promise<RegisteredScript[]> {
    const page = await extensionPage(this.running.browser, "popup.html");
    const scripts = (await page.evaluate(registeredScripts)) as RegisteredScript[];
    await page.close();
    return scripts;
  }

  async load(blank: BlankPage): Promise<Pair> {
    const site = this.sites++;
    const page = await this.running.browser.newPage();
    await page.tracing.start({ categories: CATEGORIES });
    for (const load of [1, 2]) {
      await page.goto(blank.url(site, load));
      await wait(SETTLED);
    }
    const trace = new TextDecoder().decode(await page.tracing.stop());
    await page.close();
    const { loads, pid } = readTrace(trace);
    const [fresh, warm] = loads;
    if (!fresh || !warm || loads.length > 2) throw new Error(`${loads.length} loads in the trace of two`);
    if (this.processes.has(pid)) throw new Error("The process of a fresh load was not fresh.");
    this.processes.add(pid);
    return { fresh, warm };
  }

  close(): Promise<void> {
    return this.running.close();
  }
}
