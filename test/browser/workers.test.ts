/** Facts that only `webRequest` shows: connections in workers, and why an upgrade was refused. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import { serveClients, type ServedClients } from "../harness/clients/serve.ts";
import { serveWorkers, type ServedWorkers } from "../harness/clients/workers.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const mark = (): string => `mark${Math.random().toString(36).slice(2)}`;

describeBrowsers("what webRequest reports", (stage) => {
  let workers: ServedWorkers | undefined;
  let clients: ServedClients | undefined;
  let hub: RunningHub | undefined;
  let reader: TestPage | undefined;
  beforeAll(async () => {
    workers = await serveWorkers();
    clients = await serveClients();
    hub = await startNodeHub();
    reader = await stage.browser.extensionPage("popup.html");
  });
  afterAll(async () => {
    await workers?.stop();
    await clients?.stop();
    await hub?.stop();
  });

  /** Waits until the events of the page with this marker in its address satisfy `is`, and returns them. */
  const recorded = (what: string, marker: string, is: (events: readonly RecordedEvent[]) => boolean) =>
    until(what, async () => {
      const own = (await readStore(reader!)).find(({ page: { url } }) => url.includes(marker));
      return own !== undefined && is(own.events) && own.events;
    });
  const isWorkers = ({ kind }: RecordedEvent): boolean => kind === "worker-connection";

  /** Lets a worker negotiate. Requests are reported in order: when this one is reported, all earlier ones have been. */
  const expectNoneButAWorkers = async (page: TestPage, marker: string): Promise<void> => {
    await page.evaluate((url) => {
      const script = `fetch(${JSON.stringify(`${url}/hubs/chat/negotiate?negotiateVersion=1`)}, { method: "POST" })`;
      new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    }, hub!.url);
    const events = await recorded("the worker's negotiate to be told", marker, (all) => all.some(isWorkers));
    expect(events.filter(isWorkers)).toMatchObject([
      { url: expect.stringContaining("/hubs/chat") as string },
    ]);
  };

  it.each(["dedicated", "shared"] as const)(
    "a connection in a %s worker is recorded with nothing but its address",
    async (kind) => {
      const marker = mark();
      const page = await stage.browser.newPage(
        `${workers!.url(kind, `${hub!.url}/hubs/board?own=1`)}&${marker}=1`,
      );
      await page.waitFor("the worker's answer", () => window.workerSaid);
      expect(await page.evaluate(() => window.workerSaid)).toBe("connected, received");
      const events = await recorded("the worker's connection to be told", marker, (all) =>
        all.some(isWorkers),
      );
      // Nothing else is known: none of its messages are recorded, and it isn't shown as a hub connection of the page.
      expect(events.map((event) => event.kind)).toEqual(["page", "worker-connection"]);
      const reducer = createReducer();
      reducer.apply("page", events);
      const { workers: found, hubs } = reducer.model.pages[0]!;
      expect(hubs).toEqual([]);
      expect(found).toHaveLength(1);
      expect(found[0]?.url).toContain(`${hub!.url}/hubs/board`);
      expect(found[0]?.url).not.toContain("negotiate?");
      await page.close();
    },
  );

  it("the page's own connections aren't mistaken for a worker's", async () => {
    const marker = mark();
    const page = await stage.browser.newPage(`${clients!.url("10")}&${marker}=1`);
    const connect = (name: string, transport: "WebSockets" | "ServerSentEvents" | "LongPolling") =>
      page.evaluate(
        (key, way, url) => window.connect(key, { hub: url, transport: way }),
        name,
        transport,
        `${hub!.url}/hubs/board`,
      );
    for (const transport of ["WebSockets", "ServerSentEvents", "LongPolling"] as const)
      expect(await connect(transport, transport)).toBe("connected");
    await expectNoneButAWorkers(page, marker);
    await page.close();
  });

  it("connections of a frame that a script has filled aren't mistaken for a worker's (Chromium attributes them to the top frame)", async () => {
    const marker = mark();
    const page = await stage.browser.newPage(`${clients!.url("10")}&${marker}=1`);
    expect(await page.evaluate((url) => window.connect("top", { hub: url }), `${hub!.url}/hubs/board`)).toBe(
      "connected",
    );
    await page.evaluate(async (url) => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.contentDocument?.open();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- real pages use it
      frame.contentDocument?.write("<!doctype html><p>filled");
      frame.contentDocument?.close();
      const filled = frame.contentWindow as unknown as typeof globalThis;
      await filled.fetch(`${url}/hubs/board/negotiate?negotiateVersion=1`, { method: "POST" });
    }, hub!.url);
    await expectNoneButAWorkers(page, marker);
    await page.close();
  });

  it.each([401, 404, 429, 503])(
    "the status of a refused upgrade is recorded, in Firefox only: %i",
    async (status) => {
      const marker = mark();
      const page = await stage.browser.newPage(`${clients!.url("10")}&${marker}=1`);
      await hub!.control({ do: "refuseUpgrades", status, count: 1 });
      const said = await page.evaluate(
        (url) => window.connect("one", { hub: url, transport: "WebSockets" }),
        `${hub!.url}/hubs/board`,
      );
      expect(said).toContain("WebSocket failed to connect");
      const isUpgrade = ({ kind }: RecordedEvent): boolean => kind === "upgrade";
      const events = await recorded("the failed start to be told", marker, (all) =>
        all.some(stage.name === "firefox" ? isUpgrade : ({ kind }) => kind === "socket-closed"),
      );
      const socket = events.find((event) => event.kind === "socket");
      // Chromium's webRequest reports no more than the page sees.
      expect(events.filter(isUpgrade)).toMatchObject(
        stage.name === "firefox" ? [{ socket: socket?.kind === "socket" ? socket.socket : 0, status }] : [],
      );
      await page.close();
    },
  );

  it("the status of a refused upgrade is recorded for a client that skips the negotiate, once its hub is known, in Firefox only", async () => {
    const marker = mark();
    const page = await stage.browser.newPage(`${clients!.url("10")}&${marker}=1`);
    const told = await page.evaluate(
      (url) =>
        window.connect("one", {
          ...{ hub: url, transport: "WebSockets", skipNegotiation: true },
          retries: [0, 500, 500, 500],
        }),
      `${hub!.url}/hubs/board`,
    );
    expect(told).toBe("connected");
    await recorded("the socket", marker, (all) => all.some(({ kind }) => kind === "socket"));
    await hub!.control({ do: "refuseUpgrades", status: 503, count: 2 });
    await hub!.control({ do: "dropSockets" });
    const events = await recorded("the client to be connected again", marker, (all) =>
      all.some((event) => event.kind === "hub-state" && event.from === "Reconnecting"),
    );
    const statuses = events.flatMap((event) => (event.kind === "upgrade" ? [event.status] : []));
    expect([...new Set(statuses)]).toEqual(stage.name === "firefox" ? [503] : []);
    await page.close();
  });
});
