/**
 * What an attempt waits for, or has waited for, one step after the other: the app's access token, the negotiate, the transport,
 * the handshake. Derived from the model; how long is too long is for `core/diagnosis/hangs.ts`.
 */
import type { EpochMilliseconds } from "../units.ts";
import type { SocketId } from "../ids.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { AttemptModel, HubConnectionModel, RequestModel, TransportModel } from "./types.ts";

/**
 * "token": nothing is sent; the client calls the app's accessTokenFactory before the negotiate, and before a WebSocket or event
 * stream. "redirect": the answer to a negotiate at the server that the first one named. "first-ping": connected, and nothing has
 * come from the server. "no-transport": the client says Connected, and its transport has closed.
 */
export type WaitStep =
  | "token"
  | "negotiate"
  | "redirect"
  | "upgrade"
  | "event-stream"
  | "poll"
  | "handshake"
  | "first-ping"
  | "no-transport";

/** "left": it ended without an answer or an error: the app stopped, or the page or its recording ended. */
export type WaitEnd = "waiting" | "answered" | "failed" | "left";

export interface Wait {
  readonly step: WaitStep;
  readonly from: EpochMilliseconds;
  /** null: it still waits. */
  readonly until: EpochMilliseconds | null;
  readonly end: WaitEnd;
  /** Address of what is waited for; the hub's own if nothing was sent. */
  readonly url: string;
  readonly transport: TransportName | null;
  readonly socket: SocketId | null;
}

type Tried = Pick<HubConnectionModel, "url" | "requests" | "transports">;
type Sent = { readonly request: RequestModel } | { readonly transport: TransportModel };

/** The steps of an attempt in order of time. Only the last one may still wait. */
export function waitsOf(attempt: AttemptModel, hub: Tried): Wait[] {
  const { startedAt, endedAt } = attempt;
  if (startedAt === null) return [];
  const sent = sentIn(attempt, hub);
  const waits: Wait[] = [];
  /** Since when the client has everything to send the next request. null: it has failed, or is done. */
  let ready: EpochMilliseconds | null = startedAt;
  let isRedirected = false;
  for (const one of sent) {
    const from = "request" in one ? one.request.started.t : one.transport.from;
    if (ready !== null && from > ready) waits.push(gap(ready, from, "answered", hub));
    if ("request" in one) {
      const { ended } = one.request;
      waits.push(ofRequest(one.request, isRedirected, endedAt));
      isRedirected = ended?.redirectUrl !== undefined;
      ready = isRedirected || ended?.connectionId !== undefined ? (ended?.t ?? null) : null;
    } else {
      waits.push(...ofTransport(one.transport, attempt));
      ready = null;
    }
  }
  if (ready !== null && endedAt === null) waits.push(gap(ready, null, "waiting", hub));
  else if (ready !== null && endedAt !== null && endedAt > ready)
    waits.push(gap(ready, endedAt, attempt.outcome.kind === "not-sent" ? "failed" : "left", hub));
  return waits.map((wait, i) => {
    const next = waits[i + 1];
    return wait.end === "waiting" && next ? wentOn(wait, next) : wait;
  });
}

/** The client went on, so it no longer waits: its event that said so came late, or was dropped. */
const wentOn = (wait: Wait, { from }: Wait): Wait => ({
  ...wait,
  until: Math.max(wait.from, from),
  end: wait.transport === null ? "answered" : "failed",
});

/** A client that is slow to send counts as one that waits for its token: it does nothing else in between. */
const gap = (
  from: EpochMilliseconds,
  until: EpochMilliseconds | null,
  end: WaitEnd,
  { url }: Tried,
): Wait => ({ step: "token", from, until, end, url, transport: null, socket: null });

function sentIn({ requests, sockets }: AttemptModel, hub: Tried): Sent[] {
  const at = (one: Sent): number => ("request" in one ? one.request.started.t : one.transport.from);
  return [
    ...newest(hub.requests, requests.length, ({ request }) => requests.includes(request)).map(
      (request): Sent => ({ request }),
    ),
    ...newest(hub.transports, sockets.length, ({ socket }) => sockets.includes(socket)).map(
      (transport): Sent => ({ transport }),
    ),
  ].sort((a, b) => at(a) - at(b));
}

/** The wanted ones, searched from the end: a connection that retries all day has thousands. */
function newest<T>(all: readonly T[], count: number, isWanted: (one: T) => boolean): T[] {
  const found: T[] = [];
  for (let i = all.length - 1; i >= 0 && found.length < count; i--) {
    const one = all[i];
    if (one !== undefined && isWanted(one)) found.unshift(one);
  }
  return found;
}

function ofRequest(
  { started, ended }: RequestModel,
  isRedirected: boolean,
  over: EpochMilliseconds | null,
): Wait {
  const answered = ended?.redirectUrl !== undefined || ended?.connectionId !== undefined;
  return {
    step: isRedirected ? "redirect" : "negotiate",
    from: started.t,
    until: ended?.t ?? over,
    end: ended ? (answered ? "answered" : "failed") : over === null ? "waiting" : "left",
    url: started.url,
    transport: null,
    socket: null,
  };
}

const OPENING = {
  WebSockets: "upgrade",
  ServerSentEvents: "event-stream",
  LongPolling: "poll",
} as const satisfies Readonly<Record<TransportName, WaitStep>>;

function ofTransport(one: TransportModel, attempt: AttemptModel): Wait[] {
  const { transport, socket, url, from, openedAt, handshakeAt } = one;
  const ended = endOf(one, attempt);
  const place = { transport, socket, url };
  if (openedAt === null) return [{ ...place, step: OPENING[transport], from, ...ended }];
  const opening: Wait = { ...place, step: OPENING[transport], from, until: openedAt, end: "answered" };
  // A stateful reconnect has no handshake.
  if (attempt.origin === "resume") return [opening];
  return handshakeAt === null
    ? [opening, { ...place, step: "handshake", from: openedAt, ...ended }]
    : [opening, { ...place, step: "handshake", from: openedAt, until: handshakeAt, end: "answered" }];
}

/** How a transport ended that didn't get as far as its handshake response. */
function endOf(
  { closed, closingByPage, socket }: TransportModel,
  { endedAt, outcome, socket: last }: AttemptModel,
): Pick<Wait, "until" | "end"> {
  if (closed) return { until: closed.t, end: "failed" };
  if (closingByPage) return { until: closingByPage.t, end: "failed" };
  if (endedAt === null && socket === last) return { until: null, end: "waiting" };
  // Only the client's word is left: its handshake response may have been dropped.
  if (outcome.kind === "connected" && socket === last) return { until: endedAt, end: "answered" };
  return { until: endedAt, end: outcome.kind === "abandoned" ? "left" : "failed" };
}

/** What a hub connection waits for after its start: the first ping, or its own client's notice of a closed transport. */
export function waitWhileConnected(hub: HubConnectionModel): Wait | null {
  const state = hub.states.at(-1);
  const one = hub.transports.findLast(({ ghost }) => !ghost);
  if (state?.state !== "connected" || state.until !== null || !one || one.transport === "LongPolling")
    return null;
  const place = { transport: one.transport, socket: one.socket, url: one.url, until: null } as const;
  if (one.closed)
    return hub.hub === null || hub.attempts.at(-1)?.endedAt === null
      ? null
      : { ...place, step: "no-transport", from: Math.max(one.closed.t, state.from), end: "waiting" };
  const { handshakeAt, lastIn, since, closingByPage } = one;
  return handshakeAt !== null && since === null && closingByPage === null && (lastIn ?? 0) <= handshakeAt
    ? { ...place, step: "first-ping", from: handshakeAt, end: "waiting" }
    : null;
}
