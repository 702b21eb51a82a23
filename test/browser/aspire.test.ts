/**
 * A page and its hub in one collector, the Aspire Dashboard: what the browser saw, sent by the page and by the command line, beside the hub's
 * own spans.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SendResult } from "../../content-script/page-build/api.ts";
import { projectRoot } from "../../scripts/paths.ts";
import { launchPlainBrowser } from "../ci-example/launch.ts";
import { startDashboard, type Dashboard, type GotSpan } from "../harness/aspire/dashboard.ts";
import { until } from "../harness/browser/until.ts";
import { serveClients, type ServedClients } from "../harness/clients/serve.ts";
import { startAspNetHub, type RunningAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import { startTcpProxy, type TcpProxy } from "../harness/hubs/tcp-proxy.ts";
import { runCli } from "../unit/cli/run-cli.ts";

const dotnet = hasDotnet();
const title = "the Aspire Dashboard";

describe.skipIf(!dotnet)(dotnet ? title : `${title} (skipped: no .NET SDK)`, () => {
  let dashboard: Dashboard;
  let hub: RunningAspNetHub;
  let network: TcpProxy;
  let clients: ServedClients;
  let browser: Browser;
  let spans: readonly GotSpan[];
  let sent: SendResult;
  let recording: { readonly pages: readonly [{ readonly page: string }] };
  let traceparents: readonly string[];

  const of = (service: string, name: RegExp): readonly GotSpan[] =>
    spans
      .filter((span) => span.service === service && name.test(span.name))
      .sort((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
  const connectionOf = ({ attributes }: GotSpan): string | undefined => attributes["hubscope.connection_id"];

  // A connection that is lost for real, calls before and after it, and all of it sent.
  beforeAll(async () => {
    dashboard = started(await startDashboard());
    hub = started(await startAspNetHub({ otlp: dashboard.otlp }));
    network = await startTcpProxy(hub.url);
    clients = await serveClients(path.join(projectRoot, "test/harness/aspire/traced-page.ts"));
    browser = await launchPlainBrowser("chromium");
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(
      await readFile(path.join(projectRoot, "dist", "page", "hubscope.js"), "utf8"),
    );
    await page.goto(clients.url("10"));
    await page.evaluate((url) => window.openTraced(url), `${network.url}/hubs/board`);
    await page.evaluate(() => window.traced.invoke("Add", 1, 2));
    await page.evaluate(() => window.traced.invoke("Echo", "of a payload"));
    network.cut();
    await page.waitForFunction(() => window.traced.reconnects === 1);
    await page.evaluate(() => window.traced.invoke("Add", 3, 4));
    traceparents = await page.evaluate(() => window.traceparents);
    recording = (await page.evaluate(() => window.__hubscope.recording())) as typeof recording;
    sent = await page.evaluate(
      (endpoint) => window.__hubscope.send({ endpoint, service: "board-page" }),
      dashboard.otlp,
    );
    // The request of a WebSocket ends with it, and so does the span of that.
    await page.close();
    spans = await until("the hub's spans", async () => {
      const got = await dashboard.spans();
      return got.filter(({ name }) => name.endsWith("/OnDisconnectedAsync")).length === 2 && got;
    });
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await clients.stop();
    await network.stop();
    await hub.stop();
    await dashboard.stop();
  });

  it("takes everything from the page", () => {
    const { traces, logs, metrics, problems } = sent;
    expect(problems).toEqual([]);
    for (const { accepted, rejected, dropped } of [traces, logs, metrics]) {
      expect(accepted).toBeGreaterThan(1);
      expect([rejected, dropped]).toEqual([0, 0]);
    }
    expect(spans.filter(({ service }) => service === "board-page")).toHaveLength(traces.accepted);
  });

  it("shows the interruption, with its log record, in the trace of the lost connection", async () => {
    const [lost, next] = of("board-page", /^connection /);
    const [down, ...others] = of("board-page", /^interruption /);
    expect(others).toEqual([]);
    expect(down).toMatchObject({
      traceId: lost?.traceId,
      parentSpanId: lost?.spanId,
      attributes: { "hubscope.cause": "abrupt-loss", "hubscope.recovered": "true" },
    });
    expect(next?.links).toMatchObject([{ traceId: down?.traceId, spanId: down?.spanId }]);
    const log = (await dashboard.logs()).find(({ eventName }) => eventName === "hubscope.interruption");
    expect(log).toMatchObject({ traceId: down?.traceId, spanId: down?.spanId });
  });

  it("has the hub's spans of the same connections, at the same time", () => {
    const own = of("board-page", /^connection /).map(connectionOf);
    expect(of("board-server", /OnConnectedAsync$/).map(connectionOf)).toEqual(own);
    const [gone] = of("board-server", /OnDisconnectedAsync$/);
    const [down] = of("board-page", /^interruption /);
    if (!gone || !down) throw new Error("a span is missing");
    expect(gone.attributes["hubscope.connection_id"]).toBe(down.attributes["hubscope.connection_id.before"]);
    // Both clocks are those of this machine. As the network closed the connection, the hub notices it long before its 30 s without a ping.
    const late = Number(BigInt(gone.startTimeUnixNano) - BigInt(down.startTimeUnixNano)) / 1e6;
    expect(Math.abs(late)).toBeLessThan(10_000);
    const [call] = of("board-page", /\/Echo$/);
    const [served] = of("board-server", /\/Echo$/);
    expect(served && connectionOf(served)).toBe(call && connectionOf(call));
  });

  it("has a call of the page and the hub's span of it in one trace, where the app sends a trace context", () => {
    const calls = of("board-page", /\/Add$/);
    const served = of("board-server", /\/Add$/);
    for (const list of [calls, served])
      expect(list.map(({ traceId, parentSpanId }) => `00-${traceId}-${parentSpanId ?? ""}-01`)).toEqual(
        traceparents,
      );
    // The client itself sends none.
    const [call] = of("board-page", /\/Echo$/);
    const [other] = of("board-server", /\/Echo$/);
    expect(other?.traceId).not.toBe(call?.traceId);
    expect(other?.parentSpanId).toBeUndefined();
  });

  it("takes a recording from the command line, but no span twice; its port for gRPC takes none", async () => {
    const stdin = JSON.stringify(recording);
    const send = (...args: string[]) => runCli(["send", "-", ...args], { stdin });
    const other = stdin.replaceAll(recording.pages[0].page, "another-page");
    const first = await runCli(["send", "-", "-e", dashboard.otlp], { stdin: other });
    const { traces, logs } = sent;
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toContain(`accepted: ${traces.accepted} spans, ${logs.accepted} log records`);
    const again = await send("-e", dashboard.otlp);
    expect(again.code).toBe(3);
    expect(again.out).toContain(`not accepted: ${traces.accepted} spans`);
    const grpc = await send("-e", dashboard.grpc, "-s", "logs");
    expect(grpc.code).toBe(3);
    expect(grpc.err).toContain("status 400, An HTTP/1.x request was sent to an HTTP/2 only endpoint.");
    const all = await Promise.all([dashboard.spans(), dashboard.logs()]);
    expect(JSON.stringify(all)).not.toContain("of a payload");
  });
});

function started<T>(value: T | null): T {
  if (value === null) throw new Error("It can't be started on this machine.");
  return value;
}
