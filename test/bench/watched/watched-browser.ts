/** One Chromium of `bench:watched`. Each measurement opens a fresh page in it, in a process of its own, and what watches it. */
import { setTimeout as wait } from "node:timers/promises";
import type { Frame, Page } from "puppeteer-core";
import { until } from "../../harness/browser/until.ts";
import { bundleForPage } from "../bundle.ts";
import { extensionPage, startChromium, type RunningBrowser } from "../chromium.ts";
import { mainThreadTime } from "../cpu.ts";
import type { Traffic } from "../hook/cases.ts";
import { connect, findRenderer, run, warmUpOf } from "../hook/measured-page.ts";
import { OURS, type Kind, type Variant } from "./cases.ts";
import type { Stored } from "./extension-store.ts";
import { WATCH_FRAMES, type FrameNotes } from "./frame-watch.ts";
import { ourTasks, TRACE_CATEGORIES } from "./trace-ours.ts";
import { watchPage, type Watching } from "./watching.ts";

export interface Figures {
  /** CPU time of the main thread of the page's process, in microseconds per message. */
  readonly pageCpu: number;
  /** Messages per second. */
  readonly throughput: number;
  /** Only of ours. */
  readonly shown?: Shown;
}

export interface Shown {
  readonly stored: Stored;
  /** Messages that the panel counts, and those that it says were left out. */
  readonly messages: number;
  readonly dropped: number;
  /** From the page's last message until the panel shows all, in milliseconds. */
  readonly behind: number;
  /** What the panel says meanwhile and at the end. */
  readonly notices: readonly string[];
}

/** What is recorded with a delay is part of the cost. */
const SETTLED = 1_800;
const BEFORE = 1_000;
const PATIENCE = 180_000;
const POLL = 100;

export class WatchedBrowser {
  private constructor(
    private readonly running: RunningBrowser,
    private readonly variant: Variant,
    private readonly reader: Page | null,
  ) {}

  static async launch(kind: Kind, variant: Variant, dirs: { ours: string; inert: string }) {
    const dir = variant === OURS[kind] ? dirs.ours : variant === "inert" ? dirs.inert : null;
    const running = await startChromium(dir, { devtools: kind === "devtools" });
    if (variant !== OURS[kind]) return new WatchedBrowser(running, variant, null);
    const reader = await extensionPage(running.browser, "manifest.json");
    await reader.evaluate(await bundleForPage("test/bench/watched/extension-store.ts"));
    return new WatchedBrowser(running, variant, reader);
  }

  measure(url: string, traffic: Traffic): Promise<Figures> {
    return this.watched(url, async (page, watching, renderer) => {
      const sent = await this.warmUp(page, watching, traffic);
      const before = mainThreadTime(renderer);
      const { elapsed } = await run(page, traffic);
      const end = Date.now();
      const shown = this.reader ? await this.shown(watching, sent + invocations(traffic), end) : null;
      await wait(Math.max(0, end + SETTLED - Date.now()));
      return {
        pageCpu: (mainThreadTime(renderer) - before) / traffic.messages / 1_000,
        throughput: (traffic.messages / elapsed) * 1_000,
        ...(shown ? { shown } : {}),
      };
    });
  }

  /** @returns the time of our scripts in each task of the page, in milliseconds */
  traced(url: string, traffic: Traffic): Promise<number[]> {
    return this.watched(url, async (page, watching, renderer) => {
      const sent = await this.warmUp(page, watching, traffic);
      await page.tracing.start({ categories: TRACE_CATEGORIES });
      await run(page, traffic);
      await this.shown(watching, sent + invocations(traffic), Date.now());
      const trace = await page.tracing.stop();
      return ourTasks(new TextDecoder().decode(trace), renderer);
    });
  }

  frames(
    url: string,
    traffic: Traffic,
  ): Promise<{ notes: FrameNotes; shown: Shown | null; elapsed: number }> {
    return this.watched(url, async (page, watching) => {
      if (!watching.seen) throw new Error("Nobody watches.");
      await watching.seen.evaluate(WATCH_FRAMES);
      const { elapsed } = await run(page, traffic);
      const notes = await watching.seen.evaluate(() => window.frameWatch());
      const shown = this.reader ? await this.shown(watching, invocations(traffic), Date.now()) : null;
      return { notes, shown, elapsed };
    });
  }

  version(): Promise<string> {
    return this.running.browser.version();
  }

  close(): Promise<void> {
    return this.running.close();
  }

  private async watched<T>(
    url: string,
    act: (page: Page, watching: Watching, renderer: number) => Promise<T>,
  ): Promise<T> {
    await this.reader?.evaluate(() => window.watchedStore.clear());
    const page = await this.running.browser.newPage();
    let watching: Watching | undefined;
    try {
      await page.goto(url);
      watching = await watchPage(this.variant, page, this.reader);
      await page.bringToFront();
      await connect(page, { protocol: "json", transport: "WebSockets" });
      if (this.reader && watching.seen) await connected(watching.seen);
      return await act(page, watching, await findRenderer(this.running.pid, page));
    } finally {
      await watching?.close();
      await page.close();
    }
  }

  /** @returns the invocations that were sent */
  private async warmUp(page: Page, watching: Watching, traffic: Traffic): Promise<number> {
    const first = warmUpOf(traffic);
    await run(page, first);
    if (this.reader) await this.shown(watching, invocations(first), Date.now());
    await wait(BEFORE);
    return invocations(first);
  }

  /** Waits until the store has all, and the panel shows what the store has. */
  private async shown(watching: Watching, sent: number, end: number): Promise<Shown> {
    const { seen } = watching;
    const { reader } = this;
    if (!seen || !reader) throw new Error("Nobody watches.");
    const notices = new Set<string>();
    let last = await look(seen);
    let stored: Stored | undefined;
    for (const deadline = Date.now() + PATIENCE; Date.now() < deadline;) {
      await wait(POLL);
      last = await look(seen);
      for (const notice of last.notices) notices.add(notice);
      // Reading the store is work: so only when the panel may be complete.
      if (last.messages + last.dropped < sent) continue;
      const looked = Date.now();
      stored = await reader.evaluate(() => window.watchedStore.read());
      const isWhole = stored.invocations + stored.dropped >= sent;
      if (isWhole && stored.messages === last.messages && stored.dropped === last.dropped)
        return { ...last, stored, behind: looked - end, notices: [...notices] };
    }
    throw new Error(
      `The panel shows ${last.messages} messages and ${last.dropped} left out; ${sent} invocations were sent, stored are ${JSON.stringify(stored)}.`,
    );
  }
}

/** The messages, and the calls that make the server send them. */
const invocations = ({ messages, perSecond }: Traffic): number =>
  messages + (perSecond === undefined ? 2 : 1);

const look = (panel: Frame): Promise<{ messages: number; dropped: number; notices: readonly string[] }> =>
  panel.evaluate(() => {
    const counters = document.querySelector<HTMLElement>('[data-testid="counters"]');
    return {
      messages: Number(counters?.dataset["messages"] ?? -1),
      dropped: Number(counters?.dataset["dropped"] ?? -1),
      notices: [...document.querySelectorAll<HTMLElement>(".notices .notice")].map((one) => one.innerText),
    };
  });

const connected = (panel: Frame): Promise<unknown> =>
  until("the panel to show the connection", () =>
    panel.evaluate(
      () =>
        document.querySelector<HTMLElement>('[data-testid="hub-group"]')?.dataset["state"] === "connected",
    ),
  );
