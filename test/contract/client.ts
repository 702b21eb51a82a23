import {
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  HttpTransportType,
  type ISubscription,
  LogLevel,
} from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import type { TransportName } from "../harness/hubs/control-command.ts";
import { eventually } from "./eventually.ts";
import { closeRawClients } from "./raw-client.ts";
import { abortRawRequests } from "./raw-http.ts";

const started = new Set<HubConnection>();

/** A real client that logs its app's callbacks. */
export interface Client {
  readonly connection: HubConnection;
  /** The app's callbacks in order: `reconnecting: error`, `reconnected: id`, `closed: error`. */
  readonly told: string[];
  /** Waits for the first callback that starts with this text. */
  untilTold(beginning: string): Promise<string>;
}

export interface ClientSettings {
  /** Delays of the automatic reconnect; without them, the client doesn't reconnect. */
  retryDelaysMilliseconds?: number[];
  serverTimeoutMilliseconds?: number;
  /** The only transports that the client may use. */
  transports?: readonly TransportName[];
  protocol?: "json" | "messagepack";
  skipNegotiation?: true;
  stateful?: true;
  accessToken?: () => string;
}

export function buildClient(hubUrl: string, settings: ClientSettings = {}): Client {
  const { transports = [], skipNegotiation, accessToken } = settings;
  // `HttpTransportType` is a set of bits; `None` allows all transports.
  let transport: HttpTransportType = HttpTransportType.None;
  for (const name of transports) transport |= HttpTransportType[name];
  const builder = new HubConnectionBuilder().configureLogging(LogLevel.None).withUrl(hubUrl, {
    ...(transport === HttpTransportType.None ? {} : { transport }),
    ...(skipNegotiation ? { skipNegotiation } : {}),
    ...(accessToken ? { accessTokenFactory: accessToken } : {}),
  });
  if (settings.protocol === "messagepack") builder.withHubProtocol(new MessagePackHubProtocol());
  if (settings.stateful) builder.withStatefulReconnect();
  if (settings.retryDelaysMilliseconds) builder.withAutomaticReconnect(settings.retryDelaysMilliseconds);
  const connection = builder.build();
  connection.serverTimeoutInMilliseconds = settings.serverTimeoutMilliseconds ?? 30_000;
  started.add(connection);
  const told: string[] = [];
  connection.onreconnecting((error) => void told.push(`reconnecting: ${error?.message}`));
  connection.onreconnected((connectionId) => void told.push(`reconnected: ${connectionId}`));
  connection.onclose((error) => void told.push(`closed: ${error?.message}`));
  return {
    connection,
    told,
    untilTold: (beginning) =>
      eventually(`the client to say "${beginning}"`, () => told.find((line) => line.startsWith(beginning))),
  };
}

export async function startClient(hubUrl: string, settings: ClientSettings = {}): Promise<Client> {
  const client = buildClient(hubUrl, settings);
  await client.connection.start();
  return client;
}

/** The error message with which a promise was rejected. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  const value: unknown = await promise.then(
    (resolved) => new Error(`Not rejected, but resolved with ${JSON.stringify(resolved)}.`),
    (error: unknown) => error,
  );
  return value instanceof Error ? value.message : String(value);
}

/** The items of a stream so far, and how it ended. */
export interface Collected<T> {
  readonly items: T[];
  readonly subscription: ISubscription<T>;
  readonly ended: Promise<string>;
}

export function collect<T>({ connection }: Client, method: string, ...args: unknown[]): Collected<T> {
  const items: T[] = [];
  const { promise: ended, resolve } = withResolvers<string>();
  const subscription = connection.stream<T>(method, ...args).subscribe({
    next: (item) => void items.push(item),
    complete: () => resolve("complete"),
    error: (error: Error) => resolve(`error: ${error.message}`),
  });
  return { items, subscription, ended };
}

/** Stops all clients; called after every test. */
export async function stopClients(): Promise<void> {
  closeRawClients();
  abortRawRequests();
  const connections = [...started];
  started.clear();
  await Promise.all(
    connections.map(async (connection) => {
      if (connection.state !== HubConnectionState.Disconnected) await connection.stop();
    }),
  );
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolved) => (resolve = resolved));
  return { promise, resolve };
}
