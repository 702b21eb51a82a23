/** The Chromium of the soak, and what it tells about the page, the extension's background and its database. */
import { TargetType, type CDPSession, type Page } from "puppeteer-core";
import { ChromiumPage } from "../../harness/browser/chromium/page.ts";
import { until } from "../../harness/browser/until.ts";
import { openWindow, tabIdOf } from "../../harness/window-of.ts";
import { bundleForPage } from "../bundle.ts";
import { extensionPage, startChromium, type RunningBrowser } from "../chromium.ts";
import { measureCompiledCode } from "./compiled-code.ts";
import type { Audit } from "./audit.ts";
import type {} from "./extension-store.ts";
import type {} from "./page-api.ts";

export interface Sample {
  /** Since the beginning, in seconds. */
  readonly at: number;
  readonly received: number;
  /** JavaScript heap after garbage collection, in bytes, of the page with the hook. */
  readonly pageHeap: number;
  /** The part of it that is compiled code. */
  readonly compiledCode: number;
  /** Event listeners of the page and of all scripts in it. */
  readonly listeners: number;
  /** The same of the background; null: the browser has stopped it. */
  readonly backgroundHeap: number | null;
  readonly databaseBytes: number;
  readonly records: number;
  /** Age of the newest stored event, in milliseconds. */
  readonly lag: number;
}

const options = { dock: "window", onDevtools: () => Promise.resolve() } as const;

export class SoakBrowser {
  private constructor(
    private readonly running: RunningBrowser,
    /** A document of the extension. */
    private readonly reader: Page,
  ) {}

  static async launch(extensionDir: string): Promise<SoakBrowser> {
    const running = await startChromium(extensionDir);
    const reader = await extensionPage(running.browser, "manifest.json");
    await reader.evaluate(await bundleForPage("test/bench/soak/extension-store.ts"));
    return new SoakBrowser(running, reader);
  }

  version(): Promise<string> {
    return this.running.browser.version();
  }

  async open(url: string): Promise<SoakTab> {
    const page = await this.running.browser.newPage();
    await page.goto(url);
    return new SoakTab(page, await page.createCDPSession());
  }

  async sample(tab: SoakTab, begun: number): Promise<Sample> {
    const received = await tab.received();
    const now = Date.now();
    const newest = await this.reader.evaluate(() => window.soakStore.newest());
    const { bytes, records } = await this.reader.evaluate(() => window.soakStore.size());
    return {
      at: (now - begun) / 1_000,
      received,
      ...(await tab.memory()),
      backgroundHeap: await this.backgroundHeap(),
      databaseBytes: bytes,
      records,
      lag: newest === 0 ? Number.NaN : now - newest,
    };
  }

  audit(): Promise<Audit> {
    return this.reader.evaluate(() => window.soakStore.audit());
  }

  clear(): Promise<void> {
    return this.reader.evaluate(() => window.soakStore.clear());
  }

  /** Opens the panel in a window of its own. @returns milliseconds from its navigation until it shows so many messages */
  async openPanel(tab: SoakTab, messages: number): Promise<number> {
    const { browser } = this.running;
    const tabId = await tabIdOf(new ChromiumPage(this.reader, options), new ChromiumPage(tab.page, options));
    const opened = (start: string): Promise<Page> =>
      until(`${start} to be opened`, async () =>
        (await browser.pages()).find((page) => page.url().includes(`/${start}`)),
      );
    const { target } = await openWindow(
      {
        extensionPage: async (file) => new ChromiumPage(await extensionPage(browser, file), options),
        openedPage: async (start) => new ChromiumPage(await opened(start), options),
      },
      tabId,
    );
    await until(
      `the panel to show ${messages} messages`,
      () =>
        target.evaluate((wanted) => {
          const counters = document.querySelector<HTMLElement>('[data-testid="counters"]');
          const isBusy =
            document.querySelector('[data-testid="reading"], .notices [role="progressbar"]') !== null;
          return !isBusy && Number(counters?.dataset["messages"] ?? -1) >= wanted;
        }, messages),
      PANEL_PATIENCE,
    );
    const complete = Date.now();
    return complete - (await target.evaluate(() => performance.timeOrigin));
  }

  async close(): Promise<void> {
    await this.running.close();
  }

  private async backgroundHeap(): Promise<number | null> {
    const target = this.running.browser
      .targets()
      .find((one) => one.type() === TargetType.SERVICE_WORKER && one.url().startsWith("chrome-extension://"));
    if (!target) return null;
    // Attached only for a moment: otherwise the browser wouldn't stop it.
    const session = await target.createCDPSession();
    const heap = await heapOf(session);
    await session.detach();
    return heap;
  }
}

const PANEL_PATIENCE = 300_000;

export class SoakTab {
  constructor(
    readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  async start(connections: number, perSecond: number): Promise<void> {
    const frames = this.page.frames().slice(1);
    // With frames, they have the connections.
    const open = frames.length > 0 ? frames : [this.page.mainFrame()];
    await Promise.all(
      open.map((frame) =>
        frame.evaluate(
          (...args) => window.soak.start(...args),
          connections / open.length,
          perSecond / open.length,
        ),
      ),
    );
  }

  async received(): Promise<number> {
    const each = await Promise.all(
      this.page.frames().map((frame) => frame.evaluate(() => window.soak.received())),
    );
    return each.reduce((sum, count) => sum + count, 0);
  }

  reconnect(times: number): Promise<void> {
    return this.page.evaluate((count) => window.soak.reconnect(count), times);
  }

  async stop(): Promise<void> {
    await Promise.all(this.page.frames().map((frame) => frame.evaluate(() => window.soak.stop())));
  }

  async memory(): Promise<Pick<Sample, "pageHeap" | "compiledCode" | "listeners">> {
    const pageHeap = await heapOf(this.session);
    const compiledCode = await measureCompiledCode(this.session);
    const { jsEventListeners } = await this.session.send("Memory.getDOMCounters");
    return { pageHeap, compiledCode, listeners: jsEventListeners };
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}
