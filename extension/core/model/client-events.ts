/** Events of the client probe about the page's HubConnection objects. */
import type { HubLost, HubStateChanged, RetryDecision } from "../events/events.ts";
import { beginAttempt, endTry, finishAttempt, planAttempt, startNumber, tryNumber } from "./attempts.ts";
import { loseCalls } from "./calls.ts";
import { endedByException, endedForGood, setStopped } from "./circuits.ts";
import { adoptTransport } from "./exchange.ts";
import { endFailedStart, failStart } from "./failed-starts.ts";
import { closeInterruption, endConnected, giveUp, openInterruption } from "./interruptions.ts";
import { setState } from "./lanes.ts";
import { laneOf, laneOfStart } from "./next-connection.ts";
import type { Lane, PageState, TransportState } from "./state.ts";
import type { EpochMilliseconds } from "../units.ts";

export function onHubState(page: PageState, event: HubStateChanged): void {
  const lane = event.to === "Connecting" ? laneOfStart(page, event.hub, event.t) : laneOf(page, event.hub);
  if (!lane) return;
  const { t } = event;
  if (event.serverTimeout !== undefined) lane.model.serverTimeout = event.serverTimeout;
  if (event.keepAliveInterval !== undefined) lane.model.keepAliveInterval = event.keepAliveInterval;
  switch (event.to) {
    case "Connecting":
      lane.stopping = false;
      setState(lane, "connecting", t, "client");
      lane.startedWith = lane.model.attempts.length;
      beginAttempt(lane, {
        number: lane.interruption?.byNewConnection ? tryNumber(lane.interruption) : startNumber(lane),
        from: waitsSince(lane) ?? t,
        planned: null,
        startedAt: t,
        origin: "start",
      });
      return;
    case "Connected":
      connected(page, lane, event);
      return;
    case "Reconnecting":
      openInterruption(lane, t, "client");
      loseCalls(lane, t);
      setState(lane, "reconnecting", t, "client");
      return;
    case "Disconnecting":
      disconnecting(lane, event);
      return;
    case "Disconnected":
      disconnected(lane, event);
      return;
  }
}

/** Since when the app has waited with its next connection: since the loss, or the end of its previous one. null: it's no next one. */
function waitsSince({ interruption }: Lane): EpochMilliseconds | null {
  if (!interruption?.byNewConnection) return null;
  return interruption.attempts.at(-1)?.endedAt ?? interruption.from;
}

function connected(page: PageState, lane: Lane, event: HubStateChanged): void {
  const { t, connectionId } = event;
  if (connectionId !== undefined) {
    lane.model.connectionId = connectionId;
    adoptTransport(page, lane, connectionId);
  }
  finishAttempt(lane, { kind: "connected", connectionId: connectionId ?? null }, t);
  setState(lane, "connected", t, "client");
  endFailedStart(lane, "connected", t);
  endConnected(lane, t);
  if (lane.current && isOver(lane.current, connectionId)) missedEnd(lane, lane.current, t);
}

/** Whether the connection has ended for good, as a lost one may be resumed if the server has allowed that. */
const isOver = (
  { connectionId, closeIn, closingByPage, closed, lane }: TransportState,
  own: string | undefined,
): boolean =>
  closed !== null &&
  (own === undefined || own === connectionId) &&
  (closeIn !== null || closingByPage !== null || lane.model.stateful?.granted !== true);

/**
 * A bug of the client (5 to 10): it sends a ping between the handshake and its Connected state. If the connection ends in that
 * moment, for example by the Close of a server whose OnConnectedAsync throws, the client doesn't notice and becomes Connected.
 */
function missedEnd(lane: Lane, { closeIn }: TransportState, t: EpochMilliseconds): void {
  if (lane.stopping) {
    lane.stopping = false;
    setStopped(lane, t, "wire");
    return;
  }
  const interruption = openInterruption(lane, t, "wire");
  interruption.missedByClient = true;
  giveUp(lane, t);
  if (closeIn && closeIn.allowReconnect !== true) interruption.outcome = "closed-by-server";
  setState(lane, "disconnected", t, "wire");
}

/** From Connecting it is the end of a start() that never succeeded: no connection was lost. */
function disconnecting(lane: Lane, { t, from }: HubStateChanged): void {
  const closed = (lane.current?.closeIn && lane.current.until === null) || endedByException(lane, t);
  if (!closed) lane.stopping = true;
  else if (from !== "Connecting") openInterruption(lane, t, "client");
}

function disconnected(lane: Lane, { t, from }: HubStateChanged): void {
  if (lane.stopping) {
    lane.stopping = false;
    finishAttempt(lane, { kind: "abandoned" }, t);
    closeInterruption(lane, "stopped-by-app", t);
    endFailedStart(lane, "stopped-by-app", t);
    loseCalls(lane, t);
    setStopped(lane, t, "client");
    return;
  }
  const starting = from === "Connecting" || lane.state === "connecting";
  if (lane.attempt) endTry(lane, t, null);
  if (starting) {
    loseCalls(lane, t);
    failStart(lane, t, "client");
  } else if (from === "Connected" || from === "Disconnecting") {
    const interruption = openInterruption(lane, t, "client");
    giveUp(lane, t);
    if (from === "Disconnecting" || interruption.loss.socket?.closeIn?.allowReconnect === false)
      interruption.outcome = "closed-by-server";
  } else if (from === "Reconnecting") giveUp(lane, t);
  endedForGood(lane, t);
}

export function onHubLost(page: PageState, event: HubLost): void {
  const lane = laneOf(page, event.hub);
  if (!lane || lane.stopping || (lane.state !== "connected" && lane.state !== "resumed")) return;
  const interruption = openInterruption(lane, event.t, "client");
  interruption.loss.clientError = event.error ?? null;
}

export function onRetry(page: PageState, event: RetryDecision): void {
  const lane = laneOf(page, event.hub);
  if (!lane) return;
  const refused = event.delay === null && event.previousRetryCount === 0;
  if (refused && lane.interruption) lane.interruption.noRetry = { threw: event.threw ?? null };
  planAttempt(lane, event);
}
