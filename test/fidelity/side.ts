/** One of the two pages of a pair: a client, its connection to the server, and the results seen by app, server and page. */
import type { FaultCommand, FaultName } from "../../extension/core/faults/vocabulary.ts";
import type { FaultAnswer } from "../../extension/messages/hook-relay.ts";
import { readStore } from "../harness/stored.ts";
import { until, type TestBrowser, type TestPage } from "../harness/browser/index.ts";
import type { ClientSettings, Told } from "../harness/clients/page.ts";
import type { ServedClients } from "../harness/clients/serve.ts";
import { command } from "../transparency/harness/store.ts";
import type { RunningAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import type { LogEntry } from "../harness/hubs/running-hub.ts";
import type { ControlCommand } from "../harness/hubs/control-command.ts";
import { startTcpProxy, type TcpProxy } from "../harness/hubs/tcp-proxy.ts";
import { SETTINGS, SOON, type AnyPair, type Half, type Variant } from "./pair.ts";
import { idsOf, loggedOf, callbacksOf, type Seen } from "./seen.ts";

export interface World {
  readonly browser: TestBrowser;
  readonly clients: ServedClients;
  /** One of the extension's own documents. */
  readonly reader: TestPage;
  /** @param disconnectTimeout the server's default when undefined */
  hub(disconnectTimeout?: number): Promise<RunningAspNetHub>;
  /** Kills the server and starts it again on its port. */
  killHub(disconnectTimeout?: number): Promise<RunningAspNetHub>;
}

/** A fault command without its target, which is always the page. */
export type Injected = { [N in FaultName]: Omit<Extract<FaultCommand, { name: N }>, "target"> }[FaultName];

export interface Side {
  readonly page: TestPage;
  readonly proxy: TcpProxy;
  readonly elsewhere: string;
  /** Brings another tab to the front, and then this one again. */
  hide(): Promise<void>;
  show(): Promise<void>;
  start(name?: string, settings?: Partial<ClientSettings>): Promise<void>;
  invoke(method: string, ...args: unknown[]): Promise<unknown>;
  /** The messages that the client received from the server. */
  received(): Promise<string[]>;
  control(command: ControlCommand): Promise<void>;
  /** Kills the server with `kill -9`, and starts it again on its port. */
  killServer(): Promise<void>;
  inject(fault: Injected): Promise<number>;
  end(fault: number): Promise<void>;
  untilOver(fault: number): Promise<void>;
  untilTold(what: Told["what"], times?: number, name?: string): Promise<void>;
  /** Waits until the server has logged this event so many times. */
  untilLogged(event: string, times?: number): Promise<void>;
  untilPage(event: string, times?: number): Promise<void>;
  /** Adds a line that is compared together with the app's callbacks. */
  note(line: string): void;
  connectionId(name?: string): Promise<string | null>;
}

/** Runs one half of a pair on a fresh page. @returns the results */
export async function see(world: World, pair: AnyPair, variant: Variant, half: Half): Promise<Seen> {
  const { browser, reader, clients } = world;
  let hub = await world.hub(pair.disconnectTimeout);
  const proxy = await startTcpProxy(hub.url);
  // The marker is the name of a query parameter, because stored URLs contain only the names.
  const marker = `fidelity${Math.random().toString(36).slice(2)}`;
  const page = await browser.newPage(`${clients.url("10")}&${marker}=1`);
  await page.bringToFront();
  await watchPage(page);
  const path = half.hub ?? pair.hub ?? (SETTINGS[variant].stateful ? "/hubs/stateful" : "/hubs/board");
  const settings: ClientSettings = {
    retries: SOON,
    ...SETTINGS[variant],
    ...pair.client,
    ...half.client,
    hub: proxy.url + path,
    ...tokensOf(half.client?.tokens ?? pair.client?.tokens),
  };
  const notes: string[] = [];
  let identity: { readonly tabId: number; readonly page: string } | undefined;
  const identify = async (): Promise<{ tabId: number; page: string }> => {
    identity ??= await until("the page to be recorded", async () => {
      const stored = (await readStore(reader)).find(({ page: { url } }) => url.includes(marker));
      return stored && { tabId: stored.page.tabId, page: stored.page.page };
    });
    return identity;
  };
  const connectionId = (name = "one"): Promise<string | null> =>
    page.evaluate((client) => window.clients[client]?.connectionId() ?? null, name);
  const side: Side = {
    page,
    proxy,
    elsewhere: `${clients.url("10")}&elsewhere`,
    hide: () => reader.bringToFront(),
    show: () => page.bringToFront(),
    async start(name = "one", changed = {}) {
      await page.evaluate((client, given) => window.connect(client, given), name, {
        ...settings,
        ...changed,
        ...tokensOf(changed.tokens),
      });
    },
    invoke: (method, ...args) =>
      page.evaluate((name, values) => window.clients["one"]!.invoke(name, ...values), method, args),
    received: async () =>
      ((await callbacks(page))["one"] ?? [])
        .filter(({ what }) => what === "received")
        .map(({ detail }) => detail),
    control: (given) => hub.control(given),
    killServer: async () => void (hub = await world.killHub(pair.disconnectTimeout)),
    async inject(fault) {
      const { tabId, page: pageId } = await identify();
      // Acts like a panel: reports that it is open.
      await command(reader, { type: "panel-open", panel: "test", tabId });
      const answer = (await command(reader, {
        type: "inject",
        tabId,
        page: pageId,
        command: { target: { scope: "page" }, ...fault },
      })) as FaultAnswer;
      if (!answer.ok) throw new Error(answer.error);
      return answer.fault;
    },
    async end(fault) {
      const { tabId, page: pageId } = await identify();
      await command(reader, { type: "end-fault", tabId, page: pageId, fault });
    },
    async untilOver(fault) {
      const { page: pageId } = await identify();
      await until("the fault to be over", async () =>
        (await readStore(reader))
          .find((stored) => stored.page.page === pageId)
          ?.events.some((event) => event.kind === "fault-ended" && event.fault === fault),
      );
    },
    untilTold: async (what, times = 1, name = "one") => {
      await page.waitFor(
        `the app to be told "${what}"`,
        (client, wanted, count) =>
          (window.clients[client]?.told.filter(({ what: told }) => told === wanted).length ?? 0) >= count,
        name,
        what,
        times,
      );
    },
    untilLogged: async (event, times = 1) => {
      await until(`the server to log "${event}"`, async () => {
        const log = await hub.log();
        const ids = idsOf(log);
        return (
          log.filter((entry) => entry.event === event && ids.includes(entry.connectionId)).length >= times
        );
      });
    },
    untilPage: async (event, times = 1) => {
      await page.waitFor(
        `the page to see "${event}"`,
        (wanted, count) => (window.seen ?? []).filter((line) => line === wanted).length >= count,
        event,
        times,
      );
    },
    note: (line) => void notes.push(line),
    connectionId,
  };
  try {
    await hub.control({ do: "reset" });
    // The page needs a SignalR connection first: otherwise Hubscope injects no fault.
    const first = await warmUp(page, hub.url);
    await identify();
    await until("the first client to be gone", async () => isGone(await hub.log(), first));
    await hub.control({ do: "reset" });
    if (!pair.starts) {
      await side.start();
      await side.invoke("Echo", 1);
    }
    const before = await connectionId();
    const from = (await pageEvents(page)).length;
    await half.act(side);
    await settled(async () => JSON.stringify([await callbacks(page), loggedOf(await hub.log())]));
    const after = await connectionId();
    return {
      app: [...callbacksOf(await callbacks(page)), ...notes],
      server: loggedOf(await hub.log()).filter((line) => pair.luck?.test(line) !== true),
      id: [
        before === null
          ? "no id before"
          : after === null
            ? "no id any more"
            : after === before
              ? "the same id"
              : "a new id",
      ],
      page: (await pageEvents(page)).slice(from),
    };
  } catch (error) {
    const told = await callbacks(page).catch(() => undefined);
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${message}\n  The app: ${JSON.stringify(told)}\n  The server: ${JSON.stringify(loggedOf(await hub.log()))}`,
      { cause: error },
    );
  } finally {
    await page.close();
    await proxy.stop();
  }
}

/** Connects and stops a client whose hub isn't the one under test. @returns its connection id */
const warmUp = (page: TestPage, hubUrl: string): Promise<string> =>
  page.evaluate(
    async (settings: ClientSettings) => {
      await window.connect("warm", settings);
      const { warm } = window.clients;
      const id = warm?.connectionId() ?? "";
      await warm?.stop();
      delete window.clients["warm"];
      return id;
    },
    { hub: `${hubUrl}/hubs/board`, transport: "WebSockets" } as const,
  );

const callbacks = (page: TestPage): Promise<Record<string, Told[]>> =>
  page.evaluate(() =>
    Object.fromEntries(Object.entries(window.clients).map(([name, { told }]) => [name, [...told]])),
  );

const pageEvents = (page: TestPage): Promise<string[]> => page.evaluate(() => [...(window.seen ?? [])]);

/** Logs the page's lifecycle events that any app can observe. */
const watchPage = (page: TestPage): Promise<void> =>
  page.evaluate(() => {
    const seen: string[] = [];
    window.seen = seen;
    document.addEventListener("visibilitychange", () => seen.push(document.visibilityState));
    for (const name of ["freeze", "resume"]) document.addEventListener(name, () => seen.push(name));
    for (const name of ["online", "offline"])
      window.addEventListener(name, () => seen.push(`${name}, onLine ${String(navigator.onLine)}`));
    for (const name of ["pagehide", "pageshow"])
      window.addEventListener(name, (event) =>
        seen.push(`${name}${(event as PageTransitionEvent).persisted ? ", persisted" : ""}`),
      );
  });

/** Unsigned test tokens with these lifetimes in seconds. */
function tokensOf(seconds: readonly string[] | undefined): Pick<ClientSettings, "tokens"> {
  if (!seconds) return {};
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const now = Math.floor(Date.now() / 1_000);
  return {
    tokens: seconds.map(
      (lasts) => `${encoded({ alg: "none" })}.${encoded({ aud: "board", exp: now + Number(lasts) })}.`,
    ),
  };
}

const isGone = (log: readonly LogEntry[], id: string): boolean =>
  ["disconnected", "transport closed"].every((last) =>
    log.some(({ event, connectionId }) => event === last && connectionId === id),
  );

/** After this time without new events the results are complete. */
const QUIET_MILLISECONDS = 700;

async function settled(observe: () => Promise<string>): Promise<void> {
  let last = "";
  let changed = Date.now();
  await until("everything to have come", async () => {
    const now = await observe();
    if (now !== last) changed = Date.now();
    last = now;
    return Date.now() - changed > QUIET_MILLISECONDS;
  });
}

declare global {
  interface Window {
    seen?: string[];
  }
}
