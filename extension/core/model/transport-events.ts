/**
 * Transport connections (WebSockets, event sources, poll loops) and their handshakes. Without the client probe they also
 * determine the lane's state.
 */
import type {
  Handshake,
  SocketClosed,
  SocketClosing,
  SocketConnecting,
  SocketOpened,
  TransportRequest,
  UpgradeSeen,
} from "../events/events.ts";
import { awakeTime } from "./awake.ts";
import { attemptAt, beginAttempt, finishAttempt } from "./attempts.ts";
import { failCalls, loseCalls, reviveCalls } from "./calls.ts";
import { noteProtocol } from "./circuits.ts";
import { attemptOfTransport, endUnnoticed, failOnWire, transportFailed } from "./fallback.ts";
import { endConnected, openInterruption } from "./interruptions.ts";
import { isForeign, tokenEndOf } from "./browser-events.ts";
import { endFailedStart } from "./failed-starts.ts";
import { laneFor, laneOfFound, restateSpan, setState } from "./lanes.ts";
import type { AttemptState, Lane, PageState, RequestState, TransportState } from "./state.ts";
import { beginResumeOf, beginSequences, endResume } from "./stateful.ts";
import type { AttemptOutcome } from "./types.ts";
import { UNANSWERED } from "./unanswered.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";
import { transportCame } from "./unfollowed.ts";
import { lostOnWire, stoppedOnWire, tryOnWire } from "./wire-loss.ts";

export function onSocket(page: PageState, event: SocketConnecting): void {
  if (event.already === "connected") {
    onSocketFound(page, event);
    return;
  }
  const request = page.requests.get(event.request ?? -1);
  const earlier = page.byRequest.get(event.request ?? -1);
  const lane = request?.lane ?? earlier?.lane ?? laneFor(page, event.url, event.t, event);
  if (request) transportCame(page, request);
  const again = earlier !== undefined && earlier.handshakeAt !== null;
  // If the client lost the connection, it resumes it; if it closed the connection itself, this socket is an orphan.
  const ghost = again && (earlier.closingByPage ?? earlier.closeIn) !== null;
  const resumes = !ghost && (again || (!request && lane.state === "connected"));
  const attempt = ghost
    ? null
    : resumes
      ? beginResume(lane, event)
      : request
        ? attemptOfTransport(request, event.transport)
        : attemptAt(lane, event.t);
  const transport = newTransport(event, lane, attempt, ghost, request);
  lane.model.transports.push(transport);
  page.transports.set(event.socket, transport);
  if (event.already === "open") transport.openedAt = event.t;
  if (attempt === null) return;
  if (!resumes) tryOnWire(lane, event.t);
  attempt.socket = event.socket;
  attempt.sockets.push(event.socket);
  lane.model.transport = event.transport;
  if (event.request !== undefined) page.byRequest.set(event.request, transport);
  if (transport.connectionId !== null) page.byConnectionId.set(transport.connectionId, transport);
  if (lane.hub === null && !resumes)
    setState(lane, lane.interruption ? "reconnecting" : "connecting", event.t, "wire");
}

/** It was connected when the recording began. How it connected isn't known, so there is no attempt. */
function onSocketFound(page: PageState, event: SocketConnecting): void {
  const { t, socket, request } = event;
  const lane = laneOfFound(page, event);
  const transport = newTransport(event, lane, null, false, undefined);
  transport.openedAt = transport.handshakeAt = t;
  lane.current = transport;
  lane.model.transports.push(transport);
  lane.model.transport = event.transport;
  lane.model.protocol = null;
  if (event.protocol !== undefined) noteProtocol(lane, event.protocol);
  lane.model.connectionId = transport.connectionId;
  page.transports.set(socket, transport);
  // A stateful reconnect uses the token of the same negotiate.
  if (request !== undefined) page.byRequest.set(request, transport);
  if (transport.connectionId !== null) page.byConnectionId.set(transport.connectionId, transport);
  if (lane.hub === null) setState(lane, "connected", t, "wire");
}

function newTransport(
  event: SocketConnecting,
  lane: Lane,
  attempt: AttemptState | null,
  ghost: boolean,
  request: RequestState | undefined,
): TransportState {
  return {
    socket: event.socket,
    transport: event.transport,
    url: event.url,
    protocol: event.protocol ?? null,
    connectionId: event.connectionId ?? request?.ended?.connectionId ?? null,
    // Long polling sends it in a header, like the negotiate.
    tokenExpiresAt: event.tokenExpiresAt ?? request?.started.tokenExpiresAt ?? tokenEndOf(request?.ended),
    upgrade: null,
    seen: null,
    blockedBy: null,
    ghost,
    since: event.since ?? null,
    failedRequests: [],
    from: event.t,
    until: null,
    addressLength: event.addressLength ?? null,
    openedAt: null,
    handshakeSentAt: null,
    handshakeAt: null,
    closingByPage: null,
    closed: null,
    lastIn: null,
    lastOut: null,
    lane,
    request: event.request ?? null,
    attempt,
    closeIn: null,
    closeOut: null,
    lastOutMessage: null,
    lastInBroken: false,
    lastInMessageAt: 0,
    pauseOut: null,
    pauseIn: null,
    pingEvery: null,
    longestSilence: 0,
    longestQuiet: 0,
    heardData: false,
    heardAnswer: false,
    resumedBySequence: false,
    cursor: { in: 0, out: 0 },
  };
}

/** The same connection token again: a stateful reconnect. The app's connection stays Connected meanwhile. */
function beginResume(lane: Lane, event: SocketConnecting): AttemptState {
  const lostAt = lane.current?.closed?.t ?? event.t;
  const interruption = openInterruption(lane, lostAt, "wire");
  // Without the probe it was mistaken for the end.
  if (lane.state === "disconnected") {
    restateSpan(lane, "resumed");
    reviveCalls(lane, interruption.pending, lostAt);
  } else setState(lane, "resumed", lostAt, "wire");
  interruption.outcome = "ongoing";
  beginResumeOf(lane, event.socket, lostAt, event.t);
  return beginAttempt(lane, {
    number: interruption.attempts.length + 1,
    from: lostAt,
    planned: null,
    startedAt: event.t,
    origin: "resume",
  });
}

export function onSocketOpened(page: PageState, event: SocketOpened): void {
  const transport = page.transports.get(event.socket);
  if (!transport) return;
  transport.openedAt = event.t;
  if (transport.attempt?.origin === "resume") transport.lane.current = transport;
}

export function onHandshake(page: PageState, event: Handshake): void {
  const transport = page.transports.get(event.socket);
  if (!transport) return;
  const { lane } = transport;
  if (event.direction === "out") {
    transport.lastOut = event.t;
    transport.handshakeSentAt = event.t;
    if (event.protocol !== undefined) noteProtocol(lane, (transport.protocol = event.protocol));
    return;
  }
  transport.lastIn = event.t;
  if (event.error !== undefined) {
    if (transport.attempt && lane.attempt === transport.attempt)
      finishAttempt(lane, handshakeFailed(transport, event.error), event.t);
    if (lane.hub === null && !lane.interruption) failOnWire(lane, event.t);
    return;
  }
  transport.handshakeAt = event.t;
  beginSequences(transport);
  lane.current = transport;
  lane.model.connectionId = transport.connectionId;
  if (lane.hub !== null) return;
  finishAttempt(lane, { kind: "connected", connectionId: transport.connectionId }, event.t);
  setState(lane, "connected", event.t, "wire");
  endFailedStart(lane, "connected", event.t);
  endConnected(lane, event.t);
}

function handshakeFailed(one: TransportState, error: string): AttemptOutcome {
  const { transport, from, openedAt, handshakeSentAt } = one;
  return {
    kind: "handshake-failed",
    error,
    transport,
    openedAfter: openedAt === null ? null : openedAt - from,
    sentAfter: openedAt === null || handshakeSentAt === null ? null : handshakeSentAt - openedAt,
  };
}

export function onSocketClosing(page: PageState, event: SocketClosing): void {
  const transport = page.transports.get(event.socket);
  if (!transport) return;
  transport.closingByPage = { t: event.t, duringMessage: event.duringMessage };
  const { lane, attempt } = transport;
  if (attempt && lane.attempt === attempt && leftUnanswered(transport, event.t) && !lane.stopping) {
    // The close event may never come.
    transportFailed(lane, attempt, transport, failureOf(transport), event.t);
    return;
  }
  if (lane.hub !== null || lane.current !== transport || lane.state !== "connected") return;
  // For the client it is closed from here on; the close event may come much later, or never.
  if (stoppedOnWire(transport)) lane.stopping = true;
  lostOnWire(lane, event.t);
}

export function onSocketClosed(page: PageState, event: SocketClosed): void {
  const transport = page.transports.get(event.socket);
  if (!transport) return;
  const { lane } = transport;
  transport.until = event.t;
  transport.closed = { ...event, fault: event.fault ?? null };
  const { attempt } = transport;
  if (attempt && transport.handshakeAt === null) {
    if (lane.attempt === attempt) {
      transportFailed(lane, attempt, transport, failureOf(transport), event.t);
      // With an error, the client was told: the constructor threw it.
      if (isUnnoticed(event, transport)) endUnnoticed(lane, event.t);
    }
    if (attempt.origin === "resume") resumeRefused(lane, transport, event.t);
    return;
  }
  if (lane.hub !== null || lane.current !== transport || lane.state !== "connected") return;
  // Where the source doesn't tell of the page's close(), its Close message does.
  if (event.untold && stoppedOnWire(transport)) lane.stopping = true;
  lostOnWire(lane, event.t);
}

/** An `error` without a `close`, which the client waits for. */
const isUnnoticed = ({ code, error, untold }: SocketClosed, { transport }: TransportState): boolean =>
  code === null && error === undefined && !untold && transport === "WebSockets";

function failureOf(one: TransportState): AttemptOutcome {
  const { transport, lane, from, openedAt, closed, closingByPage, upgrade, seen, blockedBy } = one;
  const ended = closed?.t ?? closingByPage?.t;
  const addressLength = longAddressOf(one);
  const after = ended === undefined ? undefined : awakeTime(lane.page.model, from, ended);
  const answered = closed?.status ?? seen?.status ?? upgrade?.status;
  const status = isNoAnswer(transport, answered, after) ? null : answered;
  const error = seen?.error ?? closed?.error ?? upgrade?.error;
  const headers = seen?.headers ?? upgrade?.headers ?? [];
  const retryAfter = upgrade?.retryAfter;
  return {
    kind: "socket-failed",
    transport,
    code: closed?.code ?? null,
    ...(after === undefined ? {} : { after }),
    ...(status === undefined ? {} : { status }),
    ...(error === undefined || error === null ? {} : { error }),
    ...(retryAfter === undefined || retryAfter === null ? {} : { retryAfter }),
    ...(upgrade === null && seen === null ? {} : { network: true }),
    ...(openedAt === null ? {} : { opened: true }),
    ...(closed?.byServiceWorker ? { byServiceWorker: true } : {}),
    ...(addressLength === null ? {} : { addressLength }),
    ...(headers.length === 0 ? {} : { headers }),
    ...(blockedBy === null ? {} : { blockedBy }),
    ...(isForeign(lane, one.url) ? { foreign: true } : {}),
  };
}

/** Firefox reports 200 for a WebSocket whose upgrade was never answered. */
const isNoAnswer = (
  transport: TransportState["transport"],
  status: number | null | undefined,
  after: Milliseconds = 0,
): boolean => transport === "WebSockets" && status === 200 && after >= UNANSWERED;

/** The length of the address, if that may be the reason: not if an equally long one to the same hub worked. */
function longAddressOf({ addressLength, lane, transport }: TransportState): Bytes | null {
  if (addressLength === null) return null;
  const worked = lane.model.transports.some(
    (other) =>
      other.openedAt !== null && other.transport === transport && (other.addressLength ?? 0) >= addressLength,
  );
  return worked ? null : addressLength;
}

/** The minimum handshake timeout of a client; if it ends sooner, the app has called stop(). */
const PATIENCE: Milliseconds = 1_000;

/** The client closes a connection without a handshake response. */
const leftUnanswered = ({ openedAt, handshakeAt, lastIn }: TransportState, t: EpochMilliseconds): boolean =>
  openedAt !== null && handshakeAt === null && lastIn === null && t - openedAt >= PATIENCE;

/** The connection can't be resumed: it is lost, and the client's retry policy decides. */
function resumeRefused(lane: Lane, transport: TransportState, t: number): void {
  endResume(lane, transport.socket, "refused", t);
  if (lane.hub !== null || !lane.interruption) return;
  lane.interruption.outcome = "gave-up";
  loseCalls(lane, t);
  setState(lane, "disconnected", t, "wire");
}

/** Limits a transport's failed requests. */
const MAX_REQUESTS = 50;

export function onTransportRequest(page: PageState, event: TransportRequest): void {
  const transport = page.transports.get(event.socket);
  if (!transport) return;
  const { failedRequests, lane } = transport;
  failedRequests.push(event);
  if (failedRequests.length > MAX_REQUESTS) failedRequests.shift();
  const { method, status, duration, t } = event;
  // The client rejects the calls in that request; the connection stays open.
  if (method === "POST" && (status === null || status >= 400)) failCalls(lane, event.socket, t - duration, t);
}

/** May come before or after the socket's close event. */
export function onUpgrade(page: PageState, event: UpgradeSeen): void {
  const transport = page.transports.get(event.socket);
  if (!transport) return;
  const { status, error = null, retryAfter = null, headers = [] } = event;
  transport.upgrade = { status, error, retryAfter, headers };
  restateFailure(transport);
}

/** More became known of a transport that may have failed already. */
export function restateFailure(transport: TransportState): void {
  const { attempt } = transport;
  if (!attempt || attempt.socket !== transport.socket || transport.closed === null) return;
  if (attempt.outcome.kind === "socket-failed") attempt.outcome = failureOf(transport);
  if (attempt.failure) attempt.failure = { ...attempt.failure, outcome: failureOf(transport) };
}
