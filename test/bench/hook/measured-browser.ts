/** One Chromium of `bench:hook`. Each measurement opens a fresh page in it, in a process of its own. */
import { setTimeout as wait } from "node:timers/promises";
import type { CDPSession, Page } from "puppeteer-core";
import { extensionPage, startChromium, type RunningBrowser } from "../chromium.ts";
import { mainThreadTime, treeTime } from "../cpu.ts";
import type { Case, Traffic } from "./cases.ts";
import type { Recorded } from "./extension-store.ts";
import { connect, findRenderer, run, warmUpOf } from "./measured-page.ts";

/** `without`: no extension. `with`: ours. `recording`: no extension, but Chrome's own recording (CDP's Network domain). */
export const VARIANTS = ["without", "with", "recording"] as const;
export type Variant = (typeof VARIANTS)[number];

export interface Figures {
  /** CPU time of the main thread of the page's process, in microseconds per message. */
  readonly pageCpu: number;
  /** Time in which the page's scripts ran, in microseconds per message, by the clock. NaN where Chrome doesn't count it. */
  readonly script: number;
  /** CPU time of all processes of the browser, in microseconds per message. */
  readonly browserCpu: number;
  /** Messages per second. */
  readonly throughput: number;
  /** Median time of a call, in microseconds. */
  readonly call: number;
  /** Growth of the page's JavaScript heap, after garbage collection, in MB. */
  readonly heap: number;
}

/** A second of numbers is written when it ends, and events half a second later. All of that is part of the cost. */
const SETTLED = 1_800;
const BEFORE = 700;

export class MeasuredBrowser {
  private constructor(
    private readonly running: RunningBrowser,
    private readonly variant: Variant,
    /** Source that gives an extension page its `benchStore`. */
    private readonly storeSource: string,
  ) {}

  static async launch(variant: Variant, extensionDir: string, storeSource: string): Promise<MeasuredBrowser> {
    const running = await startChromium(variant === "with" ? extensionDir : null);
    return new MeasuredBrowser(running, variant, storeSource);
  }

  async measure(url: string, it: Case): Promise<Figures> {
    const { browser, pid } = this.running;
    await this.recordPayloads(url, it.payloads === true);
    const page = await browser.newPage();
    try {
      await page.goto(url);
      await connect(page, it);
      const renderer = await findRenderer(pid, page);
      const session = await page.createCDPSession();
      if (this.variant === "recording") await record(session);
      await run(page, warmUpOf(it));
      await wait(BEFORE);
      const state = async () => ({
        heap: await heapOf(session),
        script: (await page.metrics()).ScriptDuration ?? Number.NaN,
        main: mainThreadTime(renderer),
        tree: treeTime(pid),
      });
      const before = await state();
      const { elapsed, call = Number.NaN } = await run(page, it);
      await wait(SETTLED);
      const [main, tree] = [mainThreadTime(renderer), treeTime(pid)];
      const after = await state();
      return {
        pageCpu: (main - before.main) / it.messages / 1_000,
        script: countsScript(it) ? ((after.script - before.script) * 1e6) / it.messages : Number.NaN,
        browserCpu: (tree - before.tree) / it.messages / 1_000,
        throughput: (it.messages / elapsed) * 1_000,
        call: call * 1_000,
        heap: (after.heap - before.heap) / 2 ** 20,
      };
    } finally {
      await page.close();
    }
  }

  /** The invocations that the extension has recorded since the last call. */
  async recorded(): Promise<Recorded> {
    return this.inStore((page) => page.evaluate(() => window.benchStore.take()));
  }

  version(): Promise<string> {
    return this.running.browser.version();
  }

  async close(): Promise<void> {
    await this.running.close();
  }

  private async recordPayloads(url: string, on: boolean): Promise<void> {
    if (this.variant !== "with") return;
    const { origin } = new URL(url);
    await this.inStore((page) =>
      page.evaluate((...args) => window.benchStore.recordPayloads(...args), origin, on),
    );
  }

  private async inStore<T>(act: (page: Page) => Promise<T>): Promise<T> {
    const page = await extensionPage(this.running.browser, "popup.html");
    await page.evaluate(this.storeSource);
    const result = await act(page);
    await page.close();
    return result;
  }
}

/** Chrome counts listeners and timers, not what runs after an `await`. */
const countsScript = ({ way, transport }: Traffic): boolean => way === "in" && transport === "WebSockets";

/** How many invocations one measurement of a case sends in both directions, with its warm-up. */
export function invocations(it: Case): number {
  const own = { in: 2, out: 1, call: 0 }[it.way]; // Prepare and Blast; Sunk
  return it.messages + warmUpOf(it).messages + 2 * own;
}

/** As a tool does it that keeps every frame and answer. */
async function record(session: CDPSession): Promise<void> {
  const kept: unknown[] = [];
  const keep = (event: unknown): void => {
    kept.push(event);
  };
  session.on("Network.webSocketFrameReceived", keep);
  session.on("Network.webSocketFrameSent", keep);
  session.on("Network.loadingFinished", keep);
  await session.send("Network.enable");
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}
