/** The situation in which something happens: a page with a real client, a real server that can be killed, and a network between them. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { readStore, type StoredRecording } from "../stored.ts";
import { until, type TestBrowser, type TestPage } from "../browser/index.ts";
import type { ClientSettings, Told } from "../clients/page.ts";
import type { ServedClients } from "../clients/serve.ts";
import { startAspNetHub, type RunningAspNetHub } from "../hubs/aspnet/aspnet-hub.ts";
import type { ControlCommand } from "../hubs/control-command.ts";
import { startTcpProxy, type TcpProxy } from "../hubs/tcp-proxy.ts";
import { startGateway, type RunningGateway } from "./gateway.ts";
import type { Scene } from "./scene.ts";

export interface Situation {
  readonly page: TestPage;
  readonly proxy: TcpProxy;
  /** URL of another page, to navigate to. */
  readonly elsewhere: string;
  /** URL of the hub. */
  readonly hub: string;
  /** Its origin without anything in between. */
  readonly server: string;
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
  /** Brings another tab to the front. */
  hide(): Promise<void>;
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

/** What was recorded of a scene's page so far. */
export interface Recorded {
  /** The recordings of the page, oldest first: a tab that was reloaded or discarded has several. */
  stored(): Promise<StoredRecording[]>;
  /** Time of the last callback that the app got. */
  lastTold(): Promise<EpochMilliseconds>;
}

/**
 * Sets up a scene and lets something happen in it.
 * @param read reads what was recorded, before the page is closed
 */
export async function enact<T>(
  world: World,
  scene: Scene,
  happens: (situation: Situation) => Promise<void>,
  read: (recorded: Recorded) => Promise<T>,
): Promise<T> {
  const { browser, clients } = world;
  await world.hub.control({ do: "reset" });
  const place = await scene.at?.();
  const proxy = await startTcpProxy((place ?? world.hub).url);
  const gateway = scene.gateway && (await startGateway(scene.gateway, world.hub.url, clients.url("10")));
  // The marker is the name of a query parameter, because stored URLs contain only the names.
  const marker = `mark${Math.random().toString(36).slice(2)}`;
  const settings: ClientSettings = {
    ...(scene.everyTransport ? {} : { transport: "WebSockets" as const }),
    ...scene.client,
    hub: (gateway ?? (scene.proxied ? proxy : (place ?? world.hub))).url + (scene.hub ?? "/hubs/board"),
    ...(scene.client?.tokens ? { tokens: scene.client.tokens.map(tokenFor) } : {}),
  };
  let discarded: number | undefined;
  const stored = async (): Promise<StoredRecording[]> =>
    (await readStore(reader)).filter(({ page: { url } }) => url.includes(marker));
  const page = await browser.newPage(
    `${addressOf(scene, clients, gateway)}&${marker}=1${alone(scene, settings)}`,
  );
  const reader = await browser.extensionPage("popup.html");
  await page.bringToFront();
  const { starts = startsClient, begins = beginsClient } = scene;
  const situation: Situation = {
    page,
    proxy,
    hub: settings.hub,
    server: (place ?? world.hub).url,
    elsewhere: `${clients.url("10")}&elsewhere`,
    start: (name = "one") => starts(page, name, settings),
    begin: (name = "one") => begins(page, name, settings),
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
    hide: () => reader.bringToFront(),
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
      await until(what, async () => (await stored()).at(-1)?.events.some(is));
    },
  };
  try {
    if (scene.page === "service worker") await page.evaluate(getServiceWorker);
    if (scene.before) await scene.before(situation);
    else await situation.start();
    await happens(situation);
    return await read({
      stored,
      // A page that was left or can't be reached any more has called nothing later than its recorded events.
      lastTold: async () =>
        discarded === undefined ? page.evaluate(() => window.clients["one"]?.told.at(-1)?.t ?? 0) : 0,
    });
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

const startsClient = (page: TestPage, name: string, settings: ClientSettings): Promise<string> =>
  page.evaluate((as, given) => window.connect(as, given), name, settings);

const beginsClient = (page: TestPage, name: string, settings: ClientSettings): Promise<void> =>
  page.evaluate((as, given) => void window.connect(as, given), name, settings);

/** The settings with which a page starts its client by itself, as the fragment of its address. */
const alone = ({ connectsItself }: Scene, settings: ClientSettings): string =>
  connectsItself ? `#${encodeURIComponent(JSON.stringify(settings))}` : "";

function addressOf(scene: Scene, clients: ServedClients, gateway: RunningGateway | undefined): string {
  const plain = clients.url(scene.version ?? "10");
  const overGateway = scene.gateway?.kind === "nginx" && scene.gateway.pages;
  const address = overGateway ? plain.replace(/^http:\/\/[^/]*/, gateway?.url ?? "") : plain;
  const served =
    scene.page === "zone.js"
      ? `${address}&zone`
      : scene.page === "service worker"
        ? address.replace("/?", "/controlled/?")
        : address;
  const { connectSources } = scene;
  return connectSources === undefined ? served : `${served}&connect=${encodeURIComponent(connectSources)}`;
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
