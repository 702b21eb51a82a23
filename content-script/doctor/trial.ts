/** What each check of a run gets, and the opening of one connection. */
import {
  HttpTransportType,
  HubConnectionBuilder,
  LogLevel,
  type HubConnection,
  type IHttpConnectionOptions,
} from "@microsoft/signalr";
import type {
  DoctorConnected,
  DoctorEvent,
  DoctorOrder,
  DoctorOutcome,
  DoctorProtocol,
} from "../../extension/core/events/doctor-events.ts";
import { transportError } from "../../extension/core/doctor/transport-error.ts";
import { readNegotiateAnswer } from "../../extension/core/protocol/negotiate.ts";
import type { TransportName } from "../../extension/core/protocol/terms.ts";
import type { UsedTokens } from "../../extension/core/redaction/used-tokens.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { NativePromise, omitUndefined } from "../hook/shared-with-tools.ts";
import type { AppClient } from "./app-client.ts";
import { DoctorHttpClient, type SentRequest } from "./http.ts";
import type { PolicyWatch } from "./policy.ts";
import { protocolOf } from "./protocols.ts";
import { watchedEventSource, watchedWebSocket, type Opening } from "./watched.ts";
import { errorText, pause, within } from "./waiting.ts";

/** Leaves `run`, `seq` and `t` to the doctor. */
export type Told<E extends DoctorEvent = DoctorEvent> = E extends unknown
  ? Omit<E, "run" | "seq" | "t">
  : never;

export interface Trial {
  readonly app: AppClient;
  readonly order: DoctorOrder;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  ended(): boolean;
  readonly policy: PolicyWatch;
  /** How long an opening connection is waited for. The negotiates make it longer where they are slow. */
  patience: Milliseconds;
  /** Secrets that this run has seen: removed from every text. */
  readonly secrets: UsedTokens;
  /** All its connections, to be stopped at the end. */
  readonly connections: Set<HubConnection>;
  tell(event: Told): void;
  own(url: string): void;
}

export interface OpenOptions {
  readonly transport: TransportName;
  readonly protocol: DoctorProtocol;
  readonly skipNegotiation?: boolean;
  readonly stateful?: boolean;
  /** For sockets; the browser's own when absent. */
  readonly WebSocket?: typeof WebSocket;
  /** Called for each ping of the server. */
  readonly pinged?: () => void;
}

export interface Opened extends Pick<
  DoctorConnected,
  "outcome" | "duration" | "open" | "handshake" | "status" | "error" | "blockedBy"
> {
  /** null: it isn't connected. */
  readonly connection: HubConnection | null;
  readonly opening: Opening;
  /** With the negotiated connection token. undefined: there is none. */
  readonly address: string | undefined;
  /** For requests to it: the service's, if the negotiate redirected to one. */
  readonly accessToken: string | undefined;
  readonly requests: readonly SentRequest[];
  /** The negotiate granted a stateful connection. */
  readonly granted: boolean;
}

/** A connection that works is there much sooner. */
export const PATIENCE: Milliseconds = 10_000;
/** In Chromium a WebSocket that the policy blocks never closes. What was blocked may have been another request, though. */
const AFTER_BLOCKED: Milliseconds = 2_000;
/** The browser reports a blocked request a moment after it has failed. */
const A_MOMENT: Milliseconds = 50;

/** Opens one connection. Never rejects. */
export async function open(trial: Trial, options: OpenOptions): Promise<Opened> {
  const { app, secrets, signal } = trial;
  let accessToken: string | undefined;
  const requests: SentRequest[] = [];
  const opening: Opening = { openedAt: undefined, close: undefined, extensions: undefined };
  let started = performance.now();
  const http = new DoctorHttpClient(trial.own, (request) => {
    requests.push(request);
    const answer = request.body === undefined ? null : readNegotiateAnswer(request.body);
    if (answer) {
      secrets.remember(answer.accessToken);
      secrets.remember(answer.connectionToken);
      accessToken = answer.accessToken ?? accessToken;
      started = performance.now();
    } else if (options.transport === "LongPolling" && request.method === "GET")
      opening.openedAt ??= performance.now();
  });
  // Once for each connection: the client asks several times.
  let asked: Promise<string | undefined> | undefined;
  const ask = async (): Promise<string> => {
    const token = await (asked ??= app.newToken());
    secrets.remember(token);
    accessToken ??= token;
    return token ?? "";
  };
  const connection = build(trial, options, http, opening, ask);
  trial.connections.add(connection);
  const began = performance.now();
  const cancel = (): void => void connection.stop().catch(() => undefined);
  signal.addEventListener("abort", cancel);
  const settled = new AbortController();
  const { patience } = trial;
  let error: string | undefined;
  let late = false;
  try {
    const start = NativePromise.race([connection.start(), afterBlocked(trial, began, settled.signal)]);
    await within(patience, start, new Late(`No answer within ${Math.round(patience / 1_000)} s.`), signal);
  } catch (reason) {
    late = reason instanceof Late;
    error = transportError(options.transport, errorText(reason));
    void connection.stop().catch(() => undefined);
    await pause(A_MOMENT);
  } finally {
    signal.removeEventListener("abort", cancel);
    settled.abort();
  }
  const ended = performance.now();
  const negotiated = requests.findLast(({ url }) => isNegotiate(url));
  const answer = negotiated?.body === undefined ? null : readNegotiateAnswer(negotiated.body);
  const outcome = error === undefined ? "connected" : outcomeOf(options, answer?.transports, { error, late });
  const { openedAt } = opening;
  const address = addressWith(negotiated?.url, answer?.connectionToken);
  const failed = requests.findLast(({ status }) => status !== null && status >= 400);
  return {
    connection: error === undefined ? connection : null,
    opening,
    requests,
    outcome,
    duration: ended - began,
    address,
    accessToken,
    granted: answer?.statefulReconnect === true,
    ...omitUndefined({
      open: openedAt === undefined ? undefined : Math.max(0, openedAt - started),
      handshake: openedAt === undefined || error !== undefined ? undefined : Math.max(0, ended - openedAt),
      status: error === undefined ? undefined : (failed?.status ?? undefined),
      error,
      // A service that the negotiate redirected to may be what the policy leaves out.
      blockedBy: error === undefined ? undefined : trial.policy.blockedSince(began, address ?? app.url),
    }),
  };
}

class Late extends Error {}

/** Rejects a while after something was blocked. */
async function afterBlocked({ policy, app }: Trial, began: number, settled: AbortSignal): Promise<never> {
  while (policy.blockedSince(began, app.url) === undefined && !settled.aborted)
    await pause(A_MOMENT, settled);
  await pause(AFTER_BLOCKED, settled);
  throw new Late("Blocked by the page's Content Security Policy.");
}

/** The client takes these two; its types leave them out. */
interface Options extends IHttpConnectionOptions {
  readonly WebSocket: typeof WebSocket;
  readonly EventSource: typeof EventSource;
}

function build(
  { app }: Trial,
  { transport, protocol, skipNegotiation = false, stateful = false, WebSocket, pinged }: OpenOptions,
  httpClient: DoctorHttpClient,
  opening: Opening,
  ask: () => Promise<string>,
): HubConnection {
  const options: Options = {
    transport: HttpTransportType[transport],
    skipNegotiation,
    httpClient,
    headers: { ...app.headers },
    withCredentials: app.withCredentials,
    WebSocket: watchedWebSocket(opening, WebSocket),
    EventSource: watchedEventSource(opening),
    ...(app.accessToken === undefined ? {} : { accessTokenFactory: ask }),
  };
  const builder = new HubConnectionBuilder()
    .configureLogging(LogLevel.None)
    .withUrl(app.url, options)
    .withHubProtocol(protocolOf(protocol, pinged));
  if (app.serverTimeout !== undefined) builder.withServerTimeout(app.serverTimeout);
  if (app.keepAliveInterval !== undefined) builder.withKeepAliveInterval(app.keepAliveInterval);
  return (stateful ? builder.withStatefulReconnect() : builder).build();
}

function outcomeOf(
  { transport, skipNegotiation }: OpenOptions,
  offered: readonly string[] | undefined,
  { error, late }: { readonly error: string; readonly late: boolean },
): DoctorOutcome {
  if (skipNegotiation !== true && offered === undefined) return "negotiate-failed";
  if (offered && !offered.includes(transport)) return "not-offered";
  if (/handshake error.*\bprotocol\b|does not support (?:Binary|Text)/i.test(error))
    return "protocol-refused";
  return late ? "silent" : "refused";
}

const isNegotiate = (url: string): boolean => /\/negotiate(?:\?|$)/.test(url);

/** The connection's own address, for requests about it. */
function addressWith(negotiate: string | undefined, token: string | undefined): string | undefined {
  if (negotiate === undefined || token === undefined) return undefined;
  const address = new URL(negotiate, document.baseURI);
  address.pathname = address.pathname.replace(/\/negotiate$/, "");
  address.searchParams.delete("negotiateVersion");
  address.searchParams.delete("useStatefulReconnect");
  address.searchParams.set("id", token);
  return address.href;
}

/** Stops one connection and forgets it. */
export async function close(trial: Trial, connection: HubConnection | null): Promise<void> {
  if (!connection) return;
  trial.connections.delete(connection);
  await connection.stop().catch(() => undefined);
}
