/** The panel in Chromium: tasks come from the browser's trace, memory from V8. */
import type { CDPSession, Page } from "puppeteer-core";
import { ChromiumPage } from "../../harness/browser/chromium/page.ts";
import type { TestPage } from "../../harness/browser/index.ts";
import { until } from "../../harness/browser/until.ts";
import { openWindow, tabIdOf } from "../../harness/window-of.ts";
import { extensionPage, startChromium, type RunningBrowser } from "../chromium.ts";
import { PANEL_SIZE, type MeasuredPanel, type PanelBrowser, type Turn } from "./panel-browser.ts";
import { readTasks, TASK_CATEGORIES } from "./trace-tasks.ts";
import { CLOCK_MARK, type Task } from "./watch-api.ts";

/** Reading the heap's size at once would miss what ends a moment later. */
const ROUNDS_OF_GC = 2;

const options = { dock: "window", onDevtools: () => Promise.resolve() } as const;

export class PanelChromium implements PanelBrowser {
  private constructor(private readonly running: RunningBrowser) {}

  static async launch(extensionDir: string): Promise<PanelChromium> {
    return new PanelChromium(await startChromium(extensionDir));
  }

  version(): Promise<string> {
    return this.running.browser.version();
  }

  async openPanel(url: string): Promise<MeasuredPanel> {
    const { browser } = this.running;
    const tab = await browser.newPage();
    await tab.goto(url);
    const reader = await extensionPage(browser, "popup.html");
    const tabId = await tabIdOf(new ChromiumPage(reader, options), new ChromiumPage(tab, options));
    await openWindow(
      {
        extensionPage: async (file) => new ChromiumPage(await extensionPage(browser, file), options),
        openedPage: async (start) => new ChromiumPage(await this.opened(start), options),
      },
      tabId,
    );
    await reader.close();
    const page = await this.opened("panel.html?");
    await page.setViewport(PANEL_SIZE);
    return new ChromiumMeasuredPanel(page, tab);
  }

  close(): Promise<void> {
    return this.running.close();
  }

  private opened(start: string): Promise<Page> {
    return until(`${start} to be opened`, async () =>
      (await this.running.browser.pages()).find((page) => page.url().includes(`/${start}`)),
    );
  }
}

class ChromiumMeasuredPanel implements MeasuredPanel {
  readonly page: TestPage;

  constructor(
    private readonly target: Page,
    private readonly tab: Page,
  ) {
    this.page = new ChromiumPage(target, options);
  }

  async wheel({ x, y }: { x: number; y: number }, turns: readonly Turn[]): Promise<void> {
    await this.target.mouse.move(x, y);
    for (const turn of turns) await this.target.mouse.wheel(turn);
  }

  async tasksDuring(act: () => Promise<void>): Promise<Task[]> {
    await this.target.tracing.start({ categories: TASK_CATEGORIES });
    await act();
    await this.target.evaluate((name) => {
      performance.mark(name);
    }, CLOCK_MARK);
    return readTasks(new TextDecoder().decode(await this.target.tracing.stop()));
  }

  async heap(): Promise<number> {
    const own = await this.target.createCDPSession();
    const sessions = [own, ...this.target.workers().map(({ client }) => client)];
    let sum = 0;
    for (const session of sessions) sum += await heapOf(session);
    await own.detach();
    return sum;
  }

  async close(): Promise<void> {
    await this.target.close();
    await this.tab.close();
  }
}

async function heapOf(session: CDPSession): Promise<number> {
  for (let i = 0; i < ROUNDS_OF_GC; i++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  return usedSize + backingStorageSize;
}
