/** One Chromium, with or without the extension, with the bench page open. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findBrowser } from "../../scripts/browsers.ts";
import { callSource } from "../harness/browser/serialize.ts";
import { isRenderer, mainThreadTime, processTree, treeTime } from "./cpu.ts";

export interface Round {
  /** CPU time of the page in microseconds per message. */
  readonly pageCpu: number;
  readonly browserCpu: number;
  /** Throughput in messages per second. */
  readonly throughput: number;
  /** Median round trip in milliseconds. */
  readonly roundTrip: number;
}

export class MeasuredBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly profile: string,
    private readonly page: Page,
    private readonly renderer: number,
  ) {}

  static async launch(
    pageUrl: string,
    hubUrl: string,
    extensionDir: string | null,
  ): Promise<MeasuredBrowser> {
    const profile = await mkdtemp(path.join(os.tmpdir(), "hubscope-bench-"));
    const browser = await puppeteer.launch({
      executablePath: findBrowser("chromium"),
      headless: true,
      pipe: true,
      userDataDir: profile,
      ...(extensionDir === null ? {} : { enableExtensions: [extensionDir] }),
      // CDP's Network domain, which puppeteer enables by default, would double the cost of a message for the page.
      networkEnabled: false,
      issuesEnabled: false,
      args: [
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    });
    const page = await browser.newPage();
    await page.goto(pageUrl);
    await page.evaluate((url) => window.bench.connect(url), hubUrl);
    return new MeasuredBrowser(browser, profile, page, await rendererOf(browser, page));
  }

  async round(messages: number, size: number, calls: number): Promise<Round> {
    const pid = this.browser.process()?.pid ?? 0;
    const before = { page: mainThreadTime(this.renderer), browser: treeTime(pid) };
    const elapsed = await this.page.evaluate(
      (count, bytes) => window.bench.flood(count, bytes),
      messages,
      size,
    );
    // Recorded events are written within a second, and that is part of the cost.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const after = { page: mainThreadTime(this.renderer), browser: treeTime(pid) };
    const times = await this.page.evaluate((count) => window.bench.echo(count), calls);
    return {
      pageCpu: (after.page - before.page) / messages / 1_000,
      browserCpu: (after.browser - before.browser) / messages / 1_000,
      throughput: messages / (elapsed / 1_000),
      roundTrip: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0,
    };
  }

  /** Script time of one load of a page without SignalR, in milliseconds. */
  async scriptTime(url: string): Promise<number> {
    const page = await this.browser.newPage();
    await page.goto(url);
    const { ScriptDuration } = await page.metrics();
    await page.close();
    return (ScriptDuration ?? 0) * 1_000;
  }

  /** Number of messages named "flood" in the extension's store: those recorded one by one, and those that were only counted. */
  async recorded(): Promise<number> {
    const [id] = [...(await this.browser.extensions()).keys()];
    const page = await this.browser.newPage();
    await page.goto(`chrome-extension://${id ?? ""}/popup.html`);
    const count = (await page.evaluate(callSource(countInbound, []))) as number;
    await page.close();
    return count;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Finds the page's renderer process: its main thread runs while the page is busy. */
async function rendererOf(browser: Browser, page: Page): Promise<number> {
  for (let tries = 0; tries < 10; tries++) {
    const first = await busiestRenderer(browser, page);
    if (first === (await busiestRenderer(browser, page))) return first;
  }
  throw new Error(
    "The page's renderer could not be told from the others: is the machine busy with something else?",
  );
}

async function busiestRenderer(browser: Browser, page: Page): Promise<number> {
  const pids = processTree(browser.process()?.pid ?? 0)
    .map(({ pid }) => pid)
    .filter(isRenderer);
  const before = new Map(pids.map((pid) => [pid, mainThreadTime(pid)]));
  await page.evaluate(() => {
    window.bench.burn(500);
  });
  const ran = pids.map((pid) => ({ pid, time: mainThreadTime(pid) - (before.get(pid) ?? 0) }));
  return ran.sort((a, b) => b.time - a.time)[0]?.pid ?? 0;
}

/** Runs in an extension page: counts inbound invocations in the store. */
async function countInbound(): Promise<number> {
  const request = <T>(make: () => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const asked = make();
      asked.onsuccess = () => {
        resolve(asked.result);
      };
      asked.onerror = () => {
        reject(asked.error ?? new Error("IndexedDB"));
      };
    });
  interface Stored {
    events: {
      kind: string;
      direction?: string;
      type?: number;
      counted?: boolean;
      counts?: { direction: string; type: number; count: number }[];
    }[];
  }
  const db = await request(() => indexedDB.open("hubscope"));
  const segments = (await request(() =>
    db.transaction("segments").objectStore("segments").getAll(),
  )) as Stored[];
  let count = 0;
  for (const event of segments.flatMap((segment) => segment.events)) {
    if (event.kind === "message" && event.direction === "in" && event.type === 1 && !event.counted) count++;
    for (const part of event.counts ?? [])
      if (part.direction === "in" && part.type === 1) count += part.count;
  }
  return count;
}
