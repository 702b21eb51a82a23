/**
 * A page with one SignalR client of some version, controlled by tests: it connects as requested and logs what the callbacks
 * of an app would receive. Bundled once for each version; `signalr` and `signalr-msgpack` stand for that version's packages.
 */
import * as signalr from "signalr";
import * as msgpack from "signalr-msgpack";

export type Transport = "WebSockets" | "ServerSentEvents" | "LongPolling";

export interface ClientSettings {
  readonly hub: string;
  /** The only transport the client may use. When absent: all that the server offers, in the server's order. */
  readonly transport?: Transport;
  readonly protocol?: "json" | "messagepack";
  readonly stateful?: boolean;
  readonly skipNegotiation?: boolean;
  /** Delays of the automatic reconnect; no automatic reconnect when absent. */
  readonly retries?: readonly number[];
  readonly serverTimeout?: number;
  readonly keepAlive?: number;
  /** A retry policy that allows no attempt: it returns null at once, or throws. */
  readonly policy?: "null" | "throws";
  /**
   * The tokens that `accessTokenFactory` returns one after the other; the last one is repeated. For "throws" it throws, for "never" its
   * promise never settles.
   */
  readonly tokens?: readonly string[];
  /** Timeout of the client's HTTP requests in milliseconds. */
  readonly requestTimeout?: number;
}

/** One callback (or received message) of the app, in the order of the calls. */
export interface Told {
  readonly t: number;
  readonly what:
    | "connected"
    | "start failed"
    | "reconnecting"
    | "reconnected"
    | "closed"
    | "received"
    /** The app says that it has done something. */
    | "done";
  readonly detail: string;
}

export interface DrivenClient {
  readonly told: Told[];
  /** `Connected`; in version 1.1, `1`. */
  state(): string;
  connectionId(): string | null;
  invoke(method: string, ...args: unknown[]): Promise<unknown>;
  send(method: string, ...args: unknown[]): Promise<void>;
  /** Waits for all items of a stream. */
  stream(method: string, ...args: unknown[]): Promise<unknown[]>;
  stop(): Promise<void>;
}

declare global {
  interface Window {
    readonly clientVersion: string;
    connect(name: string, settings: ClientSettings): Promise<string>;
    readonly clients: Record<string, DrivenClient>;
  }
}

export interface Hub {
  readonly state: unknown;
  readonly connectionId?: string | null;
  serverTimeoutInMilliseconds: number;
  keepAliveIntervalInMilliseconds: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke(method: string, ...args: unknown[]): Promise<unknown>;
  send(method: string, ...args: unknown[]): Promise<void>;
  stream(
    method: string,
    ...args: unknown[]
  ): {
    subscribe(observer: {
      next(item: unknown): void;
      complete(): void;
      error(error: unknown): void;
    }): unknown;
  };
  on(method: string, run: (...args: unknown[]) => unknown): void;
  onclose(run: (error?: Error) => void): void;
  onreconnecting?(run: (error?: Error) => void): void;
  onreconnected?(run: (id?: string) => void): void;
}

/** The builder of any client version: 1.1 has fewer methods. */
interface Builder {
  withUrl(url: string, options: object): Builder;
  withHubProtocol(protocol: unknown): Builder;
  withAutomaticReconnect?(policy: readonly number[] | { nextRetryDelayInMilliseconds(): null }): Builder;
  withStatefulReconnect?(): Builder;
  configureLogging(level: number): Builder;
  build(): Hub;
}

const { HubConnectionBuilder, HttpTransportType, LogLevel } = signalr as unknown as {
  HubConnectionBuilder: new () => Builder;
  HttpTransportType: Record<Transport, number>;
  LogLevel: { None: number };
};
const { MessagePackHubProtocol } = msgpack as unknown as { MessagePackHubProtocol: new () => unknown };

const clients: Record<string, DrivenClient> = {};

window.connect = async (name, settings) => {
  const hub = build(settings);
  return start(hub, drive(name, hub));
};
Object.assign(window, { clients });

/**
 * Gives tests a client to drive, and what its app is told.
 * @returns adds something that the app is told
 */
export function drive(name: string, hub: Hub): (what: Told["what"], detail?: string) => void {
  const told: Told[] = [];
  const tell = (what: Told["what"], detail = ""): void => {
    told.push({ t: performance.timeOrigin + performance.now(), what, detail });
  };
  hub.onclose((error) => tell("closed", error?.message));
  hub.onreconnecting?.((error) => tell("reconnecting", error?.message));
  hub.onreconnected?.((id) => tell("reconnected", id));
  clients[name] = {
    told,
    state: () => String(hub.state),
    connectionId: () => hub.connectionId ?? null,
    invoke: (method, ...args) => hub.invoke(method, ...args),
    send: (method, ...args) => hub.send(method, ...args),
    stream: (method, ...args) =>
      new Promise((resolve, reject) => {
        const items: unknown[] = [];
        hub.stream(method, ...args).subscribe({
          next: (item) => void items.push(item),
          complete: () => resolve(items),
          error: (error) => reject(error instanceof Error ? error : new Error(String(error))),
        });
      }),
    stop: () => hub.stop(),
  };
  return tell;
}

async function start(hub: Hub, tell: ReturnType<typeof drive>): Promise<string> {
  for (const target of ["messageReceived", "flood", "tick"])
    hub.on(target, (...args) => tell("received", `${target} ${JSON.stringify(args)}`));
  hub.on("answer", (question) => `answer to ${String(question)}`);
  try {
    await hub.start();
    tell("connected", hub.connectionId ?? "");
    return "connected";
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    tell("start failed", text);
    return text;
  }
}

// For pages that a test can't call after they are loaded: the settings are in the fragment of the URL.
const own = decodeURIComponent(location.hash.slice(1));
if (own !== "") void window.connect("one", JSON.parse(own) as ClientSettings);

function build(settings: ClientSettings): Hub {
  const { transport, skipNegotiation, tokens, policy, requestTimeout } = settings;
  let asked = 0;
  const nextToken = (given: readonly string[]): string | Promise<never> => {
    const token = given[Math.min(asked++, given.length - 1)] ?? "";
    if (token === "throws") throw new Error("No token today.");
    return token === "never" ? new Promise(() => undefined) : token;
  };
  let builder = new HubConnectionBuilder().configureLogging(LogLevel.None).withUrl(settings.hub, {
    ...(transport === undefined ? {} : { transport: HttpTransportType[transport] }),
    ...(skipNegotiation ? { skipNegotiation } : {}),
    ...(requestTimeout === undefined ? {} : { timeout: requestTimeout }),
    ...(tokens ? { accessTokenFactory: () => nextToken(tokens) } : {}),
  });
  if (settings.protocol === "messagepack") builder = builder.withHubProtocol(new MessagePackHubProtocol());
  if (settings.retries) builder = builder.withAutomaticReconnect?.(settings.retries) ?? builder;
  if (policy)
    builder = builder.withAutomaticReconnect?.({ nextRetryDelayInMilliseconds: noTry(policy) }) ?? builder;
  if (settings.stateful) builder = builder.withStatefulReconnect?.() ?? builder;
  const hub = builder.build();
  if (settings.serverTimeout !== undefined) hub.serverTimeoutInMilliseconds = settings.serverTimeout;
  if (settings.keepAlive !== undefined) hub.keepAliveIntervalInMilliseconds = settings.keepAlive;
  return hub;
}

const noTry = (policy: "null" | "throws") => (): null => {
  if (policy === "throws") throw new Error("No policy today.");
  return null;
};
