/** Losses without the client probe: inferred from the traffic. */
import { AT_ONCE } from "./at-once.ts";
import { SERVER_TIMEOUT } from "../protocol/defaults.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { loseCalls, pendingCalls } from "./calls.ts";
import { endedByException, expectTry, outcomeAfter, setStopped } from "./circuits.ts";
import { openInterruption } from "./interruptions.ts";
import { restateSpan, setState } from "./lanes.ts";
import type { Lane, TransportState } from "./state.ts";

/** @microsoft/signalr sends a Close of its own when it is stopped, since version 8. */
const CLOSES_POLITELY = 8;
const majorOf = (version: string | null): number => Number.parseInt(version ?? "0", 10);

/** The server's ping interval, as observed on the lane's connections. */
export const pingEvery = ({ model, page }: Lane): Milliseconds | null =>
  model.transports.reduce<Milliseconds | null>((lowest, { socket }) => {
    const own = page.transports.get(socket)?.pingEvery ?? null;
    return own === null ? lowest : Math.min(own, lowest ?? Infinity);
  }, null);

/** Expected pings of the server are missing: more than one is late. */
export const isOverdue = (silence: Milliseconds, every: Milliseconds | null): boolean =>
  every !== null && silence > every * 1.5;

/**
 * Whether the app called stop(). Clients since 8.0 then send a Close message, but may close the socket before it is sent (with
 * zone.js). Otherwise the page's close() counts as stop(), unless it follows a message that couldn't be parsed, or a silence as
 * long as the server timeout. Long polling has no such timeout.
 */
export function stoppedOnWire(transport: TransportState): boolean {
  const { closeIn, closeOut, closingByPage, lastInBroken, lane } = transport;
  if (closeIn) return false;
  if (closeOut) return true;
  // An app often calls stop() right after an answer, still in the task of that message.
  if (!closingByPage || (closingByPage.duringMessage && lastInBroken)) return false;
  if (transport.transport === "LongPolling") return true;
  const silence = silenceBefore(transport, closingByPage.t);
  return silence < SERVER_TIMEOUT * 0.9 && !isOverdue(silence, pingEvery(lane));
}

const silenceBefore = ({ lastIn, from }: TransportState, t: EpochMilliseconds): Milliseconds =>
  t - (lastIn ?? from);

/** No server timeout is shorter. */
const MIN_TIMEOUT: Milliseconds = 1_000;

/**
 * Only a further try shows that the client reconnects automatically: then the time since the loss was "reconnecting", not the
 * end. The same holds after an apparent stop() that may have been a short server timeout.
 */
export function tryOnWire(lane: Lane, t: EpochMilliseconds): void {
  if (lane.hub !== null) return;
  if (lane.interruption && lane.state === "disconnected") {
    expectTry(lane, t);
    lane.interruption.outcome = "ongoing";
  }
  const { perhapsStopped } = lane;
  lane.perhapsStopped = null;
  if (!perhapsStopped || lane.state !== "stopped" || t - perhapsStopped.t > AT_ONCE) return;
  openInterruption(lane, perhapsStopped.t, "wire", perhapsStopped.pending);
  restateSpan(lane, "reconnecting");
}

/** A connected lane lost its socket. Whether the client reconnects isn't known until it tries. */
export function lostOnWire(lane: Lane, t: EpochMilliseconds): void {
  const { current } = lane;
  const ended = endedByException(lane, t);
  if (lane.stopping && !ended) {
    lane.stopping = false;
    if (current && mayHaveTimedOut(current, t)) lane.perhapsStopped = { t, pending: pendingCalls(lane) };
    loseCalls(lane, t);
    setStopped(lane, t, "wire");
    return;
  }
  const interruption = openInterruption(lane, t, "wire");
  const closeIn = current?.closeIn;
  lane.stopping = false;
  const forGood = ended || (closeIn && closeIn.allowReconnect !== true);
  interruption.outcome = forGood ? "closed-by-server" : outcomeAfter(lane);
  loseCalls(lane, t);
  setState(lane, "disconnected", t, "wire");
}

/** It counted as stop(), though this client would have sent a Close message. */
const mayHaveTimedOut = (transport: TransportState, t: EpochMilliseconds): boolean =>
  transport.closeOut === null &&
  transport.transport !== "LongPolling" &&
  transport.closingByPage?.duringMessage === false &&
  majorOf(transport.lane.model.clientVersion) >= CLOSES_POLITELY &&
  silenceBefore(transport, t) >= MIN_TIMEOUT;
