/**
 * Hub connections ("lanes"): finding the one that a request or a socket belongs to, and its state band.
 *
 * With the client probe every HubConnection object is a lane, and a negotiate belongs to the one that is connecting to that
 * URL. Without it lanes are inferred from the traffic: a negotiate continues a lane of the same URL without an open connection,
 * or opens a new one. Several HubConnections to one URL can be distinguished only by their ids, and by the order of their
 * steps.
 */
import { WritableMessageRows } from "./message-rows.ts";
import { AT_ONCE } from "./at-once.ts";
import type { HubFound, SocketConnecting } from "../events/events.ts";
import type { HubId } from "../ids.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { Lane, PageState } from "./state.ts";
import { placeOf } from "./hub-name.ts";
import { newSequence } from "./stateful.ts";
import type { Knowledge, LaneState } from "./types.ts";
import { hubUrlOf, pathOf } from "../protocol/addresses.ts";

export function addLane(page: PageState, url: string, found: HubFound | null): Lane {
  const key = `${page.model.id}:${page.lanes.length + 1}`;
  const hubUrl = hubUrlOf(url);
  const hub: HubId | null = found?.hub ?? null;
  const others = page.byUrl.get(hubUrl) ?? [];
  const alike = others[0]?.alike ?? { count: 0 };
  const lane: Lane = {
    model: {
      key,
      page: page.model.id,
      hub,
      url: hubUrl,
      path: pathOf(hubUrl),
      ordinal: ++alike.count,
      alike,
      place: placeOf(page.model),
      clientVersion: null,
      protocol: null,
      transport: null,
      hosting: null,
      stateful: null,
      circuit: null,
      mistakes: [],
      callSites: [],
      serverTimeout: found?.serverTimeout ?? null,
      keepAliveInterval: found?.keepAliveInterval ?? null,
      hasReconnectPolicy: found?.hasReconnectPolicy ?? null,
      connectionId: null,
      states: [],
      attempts: [],
      transports: [],
      requests: [],
      refreshes: [],
      messages: new WritableMessageRows(page.events, page.notes),
      lateRows: 0,
      counts: [],
      calls: [],
      interruptions: [],
      failedStarts: [],
      totals: { in: noMessages(), out: noMessages() },
    },
    page,
    hub,
    key,
    alike,
    state: "disconnected",
    current: null,
    attempt: null,
    newest: null,
    interruption: null,
    failedStart: null,
    startedWith: 0,
    stopping: false,
    perhapsStopped: null,
    interruptions: [],
    calls: new Map(),
    sequences: { in: newSequence(), out: newSequence() },
    failed: null,
  };
  page.lanes.push(lane);
  others.push(lane);
  page.byUrl.set(hubUrl, others);
  page.model.hubs.push(lane.model);
  if (hub !== null) page.byHub.set(hub, lane);
  return lane;
}

const noMessages = (): Lane["model"]["totals"]["in"] => ({ messages: 0, pings: 0, bytes: 0, swallowed: 0 });

/** The connections to one hub, oldest first. */
export const lanesAt = (page: PageState, url: string): readonly Lane[] => page.byUrl.get(hubUrlOf(url)) ?? [];

/**
 * The lane that a negotiate, or a socket without one, at `t` to `url` belongs to. A client does one thing at a time: while a
 * lane's try is running, a new request belongs to another client. The first choice is a lane whose attempt has no request yet,
 * then one that has lost its connection: its client retries, while a stopped one seldom does.
 */
export function laneFor(page: PageState, url: string, t: EpochMilliseconds, socket?: SocketConnecting): Lane {
  const waiting = lanesAt(page, url).filter((lane) => awaitsConnection(lane) && !isTrying(lane, t));
  return (
    waiting.find((lane) => lane.attempt?.requests.length === 0) ??
    waiting.find((lane) => (lane.interruption ?? lane.failedStart) !== null) ??
    waiting[0] ??
    // With a negotiate from before the recording, it may resume a connection from then.
    (socket?.request === undefined ? addLane(page, url, null) : laneOfFound(page, socket))
  );
}

/**
 * The lane of a connection that existed when the recording began. Its client has reported its id if it was connected: it may
 * have been about to say so, or that the connection is lost.
 */
export function laneOfFound(page: PageState, { url, connectionId }: SocketConnecting): Lane {
  const own = page.lanes.filter(
    (lane) => lane.hub !== null && (lane.state === "connected" || awaitsConnection(lane)) && !lane.current,
  );
  return (
    own.find(({ model }) => model.connectionId === connectionId) ??
    own.find(({ model }) => !(model.connectionId && connectionId) && model.url === hubUrlOf(url)) ??
    addLane(page, url, null)
  );
}

function awaitsConnection({ hub, state, stopping }: Lane): boolean {
  if (hub === null) return state !== "connected" && state !== "resumed";
  // One that was stopping when the recording began may still have what it was stopped in.
  return state === "connecting" || state === "reconnecting" || (state === "disconnected" && stopping);
}

/** Its newest request or transport is in progress. */
function isTrying({ attempt, page }: Lane, t: EpochMilliseconds): boolean {
  if (!attempt) return false;
  const newest = attempt.requests.at(-1);
  const request = newest === undefined ? undefined : page.requests.get(newest);
  const socket = attempt.sockets.at(-1);
  const transport = socket === undefined ? undefined : page.transports.get(socket);
  if (transport && (!request || transport.request === request.request))
    return transport.closed === null && transport.closingByPage === null;
  if (!request) return false;
  return request.ended === null || t - request.ended.t <= AT_ONCE;
}

/** Ends the current state span and begins another. A span of length 0 is replaced. */
export function setState(lane: Lane, state: LaneState, t: EpochMilliseconds, knowledge: Knowledge): void {
  const { states } = lane.model;
  const last = states.at(-1);
  lane.state = state;
  if (last && last.until === null) {
    if (last.state === state) return;
    last.until = t;
  }
  states.push({ state, knowledge, from: t, until: null });
}

/** Removes the current span: the one before continues. */
export function withdrawSpan(lane: Lane): void {
  const { states } = lane.model;
  states.pop();
  const before = states.at(-1);
  if (!before) return;
  before.until = null;
  lane.state = before.state;
}

/** Changes the state of the current span, when later events show what it was: that is inferred. */
export function restateSpan(lane: Lane, state: LaneState): void {
  const last = lane.model.states.at(-1);
  lane.state = state;
  if (last && last.until === null)
    lane.model.states[lane.model.states.length - 1] = { ...last, state, knowledge: "wire" };
}
