import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession, Page } from "puppeteer-core";
import type { Dock, PerformanceTrack, Target, TestPage } from "../types.ts";
import { patienceMs, until } from "../until.ts";
import { openTrace, showExtensionPanel } from "./devtools.ts";
import { ChromiumPanel } from "./panel.ts";
import { ChromiumTarget } from "./target.ts";

const loaded = { waitUntil: "load", timeout: patienceMs } as const;

export interface PageOptions {
  dock: Dock;
  /** Called for each DevTools window, before its panel is shown. */
  onDevtools(devtools: Page): Promise<void>;
}

/** A tab of Chromium. */
export class ChromiumPage extends ChromiumTarget implements TestPage {
  private panel: ChromiumPanel | undefined;
  /** Open while the page is offline. */
  private network: CDPSession | undefined;

  constructor(
    private readonly page: Page,
    private readonly options: PageOptions,
  ) {
    super(page, () => page.mainFrame());
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url, loaded);
  }

  async reload(): Promise<void> {
    await this.page.reload(loaded);
  }

  async back(): Promise<void> {
    await this.page.goBack(loaded);
  }

  url(): Promise<string> {
    return this.evaluate(() => location.href);
  }

  bringToFront(): Promise<void> {
    return this.page.bringToFront();
  }

  async openPanel(): Promise<Target> {
    if (this.panel && !this.panel.devtools.isClosed()) return this.panel;
    const devtools = await this.page.openDevTools();
    await this.options.onDevtools(devtools);
    this.panel = new ChromiumPanel(devtools, await showExtensionPanel(devtools));
    if (this.options.dock === "window") await this.panel.resize({ width: 1280, height: 720 });
    return this.panel;
  }

  async closePanel(): Promise<void> {
    await this.panel?.devtools.close();
    this.panel = undefined;
    await until("DevTools to close", async () => !(await this.page.hasDevTools()));
  }

  async freeze(ms: number): Promise<void> {
    const session = await this.page.createCDPSession();
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await sleep(ms);
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await session.detach();
  }

  async leftBehind(): Promise<{ listeners: string[]; ports: number }> {
    const session = await this.page.createCDPSession();
    const worlds: number[] = [];
    session.on("Runtime.executionContextCreated", ({ context }) => worlds.push(context.id));
    await session.send("Runtime.enable");
    const objectOf = async (contextId: number, expression: string): Promise<string> => {
      const { result } = await session.send("Runtime.evaluate", { contextId, expression });
      return result.objectId ?? "";
    };
    const listeners = new Set<string>();
    let ports = 0;
    for (const world of worlds) {
      for (const name of ["window", "document"]) {
        const found = await session.send("DOMDebugger.getEventListeners", {
          objectId: await objectOf(world, name),
        });
        for (const { type } of found.listeners) listeners.add(`${name} ${type}`);
      }
      const { objects } = await session.send("Runtime.queryObjects", {
        prototypeObjectId: await objectOf(world, "MessagePort.prototype"),
      });
      const count = await session.send("Runtime.callFunctionOn", {
        objectId: objects.objectId ?? "",
        functionDeclaration: "function () { return this.length; }",
        returnByValue: true,
      });
      ports += Number(count.result.value);
    }
    await session.detach();
    return { listeners: [...listeners], ports };
  }

  async heap(): Promise<number> {
    const session = await this.page.createCDPSession();
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    await session.detach();
    return usedSize;
  }

  async openTrace(file: string): Promise<readonly PerformanceTrack[]> {
    if (!this.panel) throw new Error("The developer tools aren't open.");
    return openTrace(this.panel.devtools, await readFile(file, "utf8"));
  }

  startOffline(): Promise<void> {
    return this.setOffline(true);
  }

  endOffline(): Promise<void> {
    return this.setOffline(false);
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  private async setOffline(offline: boolean): Promise<void> {
    // The conditions end with the CDP session. Without the Network domain they would only change `navigator.onLine`.
    this.network ??= await this.page.createCDPSession();
    await this.network.send("Network.enable");
    const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await this.network.send("Network.emulateNetworkConditions", conditions);
    if (offline) return;
    await this.network.detach();
    this.network = undefined;
  }
}
