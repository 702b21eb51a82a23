/**
 * The situation in which a provocation runs: a page with a real client, a real server that can be killed, and a network
 * between them.
 */
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { readStore, type StoredRecording } from "../harness/stored.ts";
import { until, type TestBrowser, type TestPage } from "../harness/browser/index.ts";
import type { ClientSettings, Told } from "../harness/clients/page.ts";
import type { ServedClients } from "../harness/clients/serve.ts";
import { startAspNetHub, type RunningAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import type { ControlCommand } from "../harness/hubs/control-command.ts";
import { startTcpProxy, type TcpProxy } from "../harness/hubs/tcp-proxy.ts";
import { startGateway } from "./gateway.ts";
import type { Provocation } from "./provocation.ts";
import { settled } from "./settled.ts";

export interface Situation {
  readonly page: TestPage;
  readonly proxy: TcpProxy;
  /** URL of another page, to navigate to. */
  readonly elsewhere: string;
  /** URL of the hub. */
  readonly hub: string;
  start(name?: string): Promise<string>;
  /** Starts a client, without waiting for the result. */
  begin(name?: string): Promise<void>;
  /** Makes the page's service worker answer requests to the hubs with 504 from now on. */
  workerAnswers(): Promise<void>;
  invoke(method: string, ...args: unknown[]): Promise<unknown>;
  send(method: string, ...args: unknown[]): Promise<void>;
  stop(): Promise<void>;
  control(command: ControlCommand): Promise<void>;
  end(how: "kill" | "stop"): Promise<void>;
  /** Starts the server again, on its old port. */
  serverBegins(): Promise<void>;
  /** Stops and starts the server, with this pause between. */
  restart(how: "kill" | "stop", pause: number): Promise<void>;
  /** Discards the tab and brings it back to the front; the page is then loaded again and connects by itself. */
  discard(): Promise<void>;
  /** Waits until this callback of the app was called so many times. */
  untilTold(what: Told["what"], times?: number, name?: string): Promise<void>;
  untilRecorded(what: string, is: (event: RecordedEvent) => boolean): Promise<void>;
}

export interface World {
  readonly browser: TestBrowser;
  readonly clients: ServedClients;
  hub: RunningAspNetHub;
}

/** Runs one provocation. @returns the events recorded of its page, with a note of when they were read if something may still wait then */
export async function provoke(world: World, provocation: Provocation): Promise<RecordedEvent[]> {
  const { browser, clients } = world;
  await world.hub.control({ do: "reset" });
  const proxy = await startTcpProxy(world.hub.url);
  const gateway =
    provocation.gateway && (await startGateway(provocation.gateway, world.hub.url, clients.url("10")));
  const place = await provocation.at?.();
  // The marker is the name of a query parameter, because stored URLs contain only the names.
  const marker = `mark${Math.random().toString(36).slice(2)}`;
  const settings: ClientSettings = {
    ...(provocation.everyTransport ? {} : { transport: "WebSockets" as const }),
    ...provocation.client,
    hub:
      (place ?? gateway ?? (provocation.proxied ? proxy : world.hub)).url +
      (provocation.hub ?? "/hubs/board"),
    ...(provocation.client?.tokens ? { tokens: provocation.client.tokens.map(tokenFor) } : {}),
  };
  let discarded: number | undefined;
  const stored = async (): Promise<StoredRecording[]> =>
    (await readStore(reader)).filter(({ page: { url } }) => url.includes(marker));
  /** The recording of the newest page: a tab that was discarded has two. */
  const recorded = async (): Promise<RecordedEvent[]> => [...((await stored()).at(-1)?.events ?? [])];
  const alone = provocation.connectsItself ? `#${encodeURIComponent(JSON.stringify(settings))}` : "";
  const overGateway = provocation.gateway?.kind === "nginx" && provocation.gateway.pages;
  const address = overGateway
    ? clients.url("10").replace(/^http:\/\/[^/]*/, gateway?.url ?? "")
    : clients.url("10");
  const served =
    provocation.page === "zone.js"
      ? `${address}&zone`
      : provocation.page === "service worker"
        ? address.replace("/?", "/controlled/?")
        : address;
  const { connectSources } = provocation;
  const policy = connectSources === undefined ? "" : `&connect=${encodeURIComponent(connectSources)}`;
  const page = await browser.newPage(`${served}${policy}&${marker}=1${alone}`);
  const reader = await browser.extensionPage("popup.html");
  await page.bringToFront();
  const situation: Situation = {
    page,
    proxy,
    hub: settings.hub,
    elsewhere: `${clients.url("10")}&elsewhere`,
    start: (name = "one") => page.evaluate((as, given) => window.connect(as, given), name, settings),
    begin: (name = "one") => page.evaluate((as, given) => void window.connect(as, given), name, settings),
    workerAnswers: () => page.evaluate(workerAnswers),
    invoke: (method, ...args) =>
      page.evaluate((name, values) => window.clients["one"]!.invoke(name, ...values), method, args),
    send: (method, ...args) =>
      page.evaluate((name, values) => window.clients["one"]!.send(name, ...values), method, args),
    stop: () => page.evaluate(() => window.clients["one"]!.stop()),
    control: (command) => world.hub.control(command),
    end: (how) => (how === "kill" ? world.hub.kill() : world.hub.stop()),
    async serverBegins() {
      const hub = await startAspNetHub({ port: Number(new URL(world.hub.url).port) });
      if (!hub) throw new Error("The server did not come back.");
      world.hub = hub;
    },
    async restart(how, pause) {
      await situation.end(how);
      await new Promise((resolve) => setTimeout(resolve, pause));
      await situation.serverBegins();
    },
    async discard() {
      await reader.bringToFront();
      discarded = await discardTab(reader, marker);
      await until("the tab to be loaded again", async () => (await stored()).length > 1);
    },
    untilTold: async (what, times = 1, name = "one") => {
      await page.waitFor(
        `the app to be told "${what}"`,
        (wanted, count, as) =>
          (window.clients[as]?.told.filter(({ what: told }) => told === wanted).length ?? 0) >= count,
        what,
        times,
        name,
      );
    },
    untilRecorded: async (what, is) => {
      await until(what, async () => (await recorded()).some(is));
    },
  };
  try {
    if (provocation.page === "service worker") await page.evaluate(getServiceWorker);
    if (provocation.before) await provocation.before(situation);
    else await situation.start();
    await provocation.provoke(situation);
    // A page that was left or can't be reached any more has called nothing later than its recorded events.
    const told =
      discarded === undefined ? await page.evaluate(() => window.clients["one"]?.told.at(-1)?.t ?? 0) : 0;
    const events = await settled(recorded, told);
    const last = events.at(-1);
    return provocation.waits && last
      ? [...events, { kind: "still-open", seq: last.seq + 1, t: Date.now() }]
      : events;
  } catch (error) {
    const told = await page.evaluate(() => window.clients["one"]?.told).catch(() => undefined);
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\nThe app was told: ${JSON.stringify(told)}`,
      { cause: error },
    );
  } finally {
    // After a discard the browser driver has lost its target for the tab.
    if (discarded === undefined) await page.close();
    else await closeTab(reader, discarded);
    await reader.close();
    await gateway?.stop();
    await place?.stop();
    await proxy.stop();
  }
}

/** The part of the extension API `chrome` that is needed here. */
interface Tabs {
  readonly tabs: {
    query(filter: object): Promise<{ id: number; url?: string }[]>;
    discard(id: number): Promise<{ id: number }>;
    update(id: number, changes: object): Promise<unknown>;
    remove(id: number): Promise<unknown>;
  };
}

/** @returns the tab's new id */
const discardTab = (reader: TestPage, marker: string): Promise<number> =>
  reader.evaluate(async (mark) => {
    const { tabs } = (globalThis as unknown as { chrome: Tabs }).chrome;
    const tab = (await tabs.query({})).find(({ url }) => url?.includes(mark));
    const { id } = await tabs.discard(tab?.id ?? -1);
    await tabs.update(id, { active: true });
    return id;
  }, marker);

const closeTab = (reader: TestPage, id: number): Promise<unknown> =>
  reader.evaluate((tab) => (globalThis as unknown as { chrome: Tabs }).chrome.tabs.remove(tab), id);

/** An unsigned test token. `wish` is its lifetime in seconds, for example "3600"; "3600 9000" also adds 9,000 characters. */
function tokenFor(wish: string): string {
  if (wish === "throws" || wish === "never") return wish;
  const [seconds, length = "0"] = wish.split(" ");
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const exp = Math.floor(Date.now() / 1_000) + Number(seconds);
  const claims = length === "0" ? {} : { roles: "x".repeat(Number(length)) };
  return `${encoded({ alg: "none" })}.${encoded({ aud: "board", exp, ...claims })}.`;
}

/** In the page. */
async function getServiceWorker(): Promise<void> {
  // An earlier page may have left a worker that answers requests.
  const changed = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
  });
  await navigator.serviceWorker.register(`worker.js?${Math.random()}`);
  await changed;
}

/** In the page. */
async function workerAnswers(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const done = new Promise((resolve) => (port1.onmessage = resolve));
  navigator.serviceWorker.controller?.postMessage("answer", [port2]);
  await done;
}
