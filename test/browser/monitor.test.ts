/** `hubscope/monitor` in a real page of a real app: what it sends of real breaks, beside what the engine says of the same ones. */
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import { downtimesOf } from "../../extension/core/model/downtimes-of.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import { readRecordingFile } from "../../extension/core/recording/recording-file.ts";
import type { Span } from "../../extension/otlp/types.ts";
import { launchPlainBrowser } from "../ci-example/launch.ts";
import type { ClientSettings } from "../harness/clients/page.ts";
import { startAspNetHub, type RunningAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import { startTcpProxy, type TcpProxy } from "../harness/hubs/tcp-proxy.ts";
import { startCollector, type Collector } from "../harness/monitor/collector.ts";
import { documentedPages, serveDocumented } from "../harness/monitor/documented.ts";
import { attributesOf, metricsIn, spansIn } from "../harness/monitor/received.ts";
import { serveMonitored, type MonitoredSite } from "../harness/monitor/site.ts";

const retries = [0, 200, 500, 1_000, ...Array<number>(20).fill(1_000)];

/** A tab in the background draws nothing. */
const POLLING = { polling: 50 };

const isTrouble = (span: Span): boolean => "hubscope.kind" in attributesOf(span);

describe.skipIf(!hasDotnet()).each(["chromium", "firefox"] as const)("the monitor: %s", (name) => {
  let browser: Browser;
  let hub: RunningAspNetHub;
  let site: MonitoredSite;
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const started = await startAspNetHub();
    if (!started) throw new Error("no .NET SDK");
    hub = started;
    [browser, site] = await Promise.all([launchPlainBrowser(name), serveMonitored()]);
    stops.push(
      () => browser.close(),
      () => hub.stop(),
      () => site.stop(),
    );
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  /** Each case has a collector and a way to the server of its own. */
  interface Case {
    readonly page: Page;
    readonly collector: Collector;
    readonly proxy: TcpProxy;
    connect(path?: string, settings?: Partial<ClientSettings>): Promise<string>;
    told(what: string, times?: number): Promise<unknown>;
    /** The span of its interruption or failed start. */
    trouble(): Promise<Span>;
  }

  async function open(target = hub.url, options = {}, hubscope = true): Promise<Case> {
    const [collector, proxy] = await Promise.all([startCollector(), startTcpProxy(target)]);
    stops.push(
      () => collector.stop(),
      () => proxy.stop(),
    );
    const page = await browser.newPage();
    await page.goto(site.url({ endpoint: collector.url, sampleRate: 1, ...options }, hubscope));
    await page.waitForFunction(() => "connect" in window, POLLING);
    return {
      ...{ page, collector, proxy },
      connect: (path = "/hubs/chat", settings = {}) =>
        page.evaluate((one) => window.connect("one", one), {
          hub: `${proxy.url}${path}`,
          retries,
          ...settings,
        }),
      told: (what, times = 1) =>
        page.waitForFunction(
          (wanted, count) =>
            (window.clients["one"]?.told.filter((one) => one.what === wanted).length ?? 0) >= count,
          POLLING,
          what,
          times,
        ),
      trouble: () => collector.until((received) => spansIn(received).find(isTrouble)),
    };
  }

  /** What the engine says of the recording that the script for tests has made of the same page. */
  async function byEngine(page: Page): Promise<object[]> {
    const read = readRecordingFile(JSON.stringify(await page.evaluate(() => window.__hubscope.recording())));
    if (!read.ok) throw new Error(read.problem);
    const reducer = createReducer();
    for (const { page: id, events } of read.file.pages) reducer.apply(id, events);
    return reducer.model.hubs.flatMap(downtimesOf).map((one) => {
      const { cause, confidence, obstacle } = verdictOf(one);
      return {
        "hubscope.cause": cause,
        "hubscope.confidence": confidence,
        ...(obstacle ? { "hubscope.reconnect_prevented_by": obstacle.name } : {}),
        "hubscope.outcome": one.outcome,
        "hubscope.attempts": String(one.attempts.length),
      };
    });
  }

  it.concurrent("tells a lost connection, its cause and its recovery", async () => {
    const { page, proxy, connect, told, trouble, collector } = await open();
    await connect();
    await page.evaluate(() => window.clients["one"]?.invoke("Echo", "a secret of the app"));
    proxy.cut();
    await told("reconnected");
    await page.evaluate(() => window.monitor.flush());
    const span = await trouble();
    const [expected] = await byEngine(page);
    expect(attributesOf(span)).toMatchObject({
      ...expected,
      "hubscope.cause": "abrupt-loss",
      "hubscope.hub": "/hubs/chat",
      "hubscope.recovered": true,
      "hubscope.sample_rate": 1,
    });
    const lost = spansIn(collector.received).find(({ spanId }) => spanId === span.parentSpanId);
    expect(lost).toMatchObject({ traceId: span.traceId, name: "connection /hubs/chat", status: { code: 2 } });
    const sums = new Map(metricsIn(collector.received).map((one) => [one.name, one.sum?.dataPoints]));
    expect(sums.get("hubscope.pages")).toMatchObject([{ asInt: "1" }]);
    expect(sums.get("hubscope.pages.interrupted")).toMatchObject([{ asInt: "1" }]);
    expect(sums.get("hubscope.connections")).toMatchObject([{ asInt: "2" }]);
    expect(JSON.stringify(collector.received.map(({ text }) => text))).not.toMatch(/secret|[?&]id=/);
  });

  it.concurrent("tells a server that was restarted, and one that was deployed anew", async () => {
    const server = await startAspNetHub();
    if (!server) throw new Error("no .NET SDK");
    stops.push(() => server.stop());
    const { page, connect, told, collector } = await open(server.url);
    await connect("/hubs/chat", { retries: [800, ...retries] });
    const begin = async (): Promise<RunningAspNetHub> => {
      const next = await startAspNetHub({ port: Number(new URL(server.url).port) });
      if (!next) throw new Error("no .NET SDK");
      stops.push(() => next.stop());
      return next;
    };
    await server.kill();
    const second = await begin();
    await told("reconnected");
    // SIGTERM, as by a deployment.
    await second.stop();
    await begin();
    await told("reconnected", 2);
    await page.evaluate(() => window.monitor.flush());
    const troubles = await collector.until((received) => {
      const found = spansIn(received).filter(isTrouble);
      return found.length < 2 ? undefined : found;
    });
    const expected = await byEngine(page);
    expect(expected).toHaveLength(2);
    expect(troubles.map(attributesOf)).toMatchObject(expected);
  });

  it.concurrent("tells a start that fails, when the page is left", async () => {
    const { page, connect, trouble } = await open();
    const failed = await connect("/hubs/nowhere").catch((error: unknown) => String(error));
    expect(failed).toContain("404");
    await page.evaluate(() => window.monitor.flush());
    const [expected] = await byEngine(page);
    await page.goto(site.blank);
    expect(attributesOf(await trouble())).toMatchObject({
      ...expected,
      "hubscope.kind": "failed-start",
      "hubscope.reconnect_prevented_by": "not-found",
      "http.response.status_code": "404",
      "hubscope.open_at_end": true,
    });
  });

  it.concurrent(
    "tells an interruption in whose middle the page is left, without a cookie or an address",
    async () => {
      const { page, proxy, connect, told, trouble, collector } = await open(
        hub.url,
        { judge: "early" },
        false,
      );
      await connect();
      await page.evaluate(() => window.clients["one"]?.invoke("Echo", 1));
      await proxy.refuse();
      proxy.cut();
      await told("reconnecting");
      await page.goto(site.blank);
      expect(attributesOf(await trouble())).toMatchObject({
        "hubscope.kind": "interruption",
        "hubscope.recovered": false,
        "hubscope.open_at_end": true,
      });
      // The site asks for whole addresses as referrers, and its cookies are the collector's, too: they know of no ports.
      expect(await page.evaluate(() => document.cookie)).toContain("visitor=");
      const last = collector.received.map(({ headers }) => headers);
      expect(last.map((headers) => headers["content-type"])).toContain("application/json");
      for (const { cookie, referer } of last) expect([cookie, referer]).toEqual([undefined, undefined]);
    },
  );

  it.concurrent("doesn't keep an app from starting that loads it as documented, and can't", async () => {
    const documented = await documentedPages();
    expect(documented).toHaveLength(2);
    await Promise.all(
      documented.flatMap((text) =>
        (["missing", "silent"] as const).map(async (monitor) => {
          const served = await serveDocumented(text, monitor);
          stops.push(() => served.stop());
          const page = await browser.newPage();
          await page.goto(served.url, { waitUntil: "domcontentloaded" });
          await page.waitForFunction(() => window.hasStarted === true, POLLING);
        }),
      ),
    );
  });

  it.concurrent(
    "loads next to nothing into a page that isn't sampled, and sends nothing without SignalR",
    async () => {
      const collector = await startCollector();
      stops.push(() => collector.stop());
      const page = await browser.newPage();
      await page.goto(site.url({ endpoint: collector.url, sampleRate: 0 }));
      await page.waitForFunction(() => "connect" in window, POLLING);
      const loaded = (): Promise<string[]> =>
        page.evaluate(() =>
          performance
            .getEntriesByType("resource")
            .flatMap(({ name }) => /monitor[\w-]*\.js/.exec(name)?.[0] ?? []),
        );
      expect(await page.evaluate(() => [window.monitor.sampled, window.observed])).toEqual([false, false]);
      expect(await loaded()).toEqual(["monitor.js"]);
      await page.goto(site.url({ endpoint: collector.url, sampleRate: 1 }));
      await page.waitForFunction(() => "connect" in window, POLLING);
      expect(await page.evaluate(() => window.observed)).toBe(true);
      expect(await loaded()).toEqual(["monitor.js", "monitor-observer.js"]);
      await page.evaluate(() => window.monitor.flush());
      await page.goto(site.blank);
      expect(collector.received).toEqual([]);
    },
  );
});
