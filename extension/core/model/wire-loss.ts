/** Losses as far as the wire alone tells them. */
import { AT_ONCE } from "./at-once.ts";
import { SERVER_TIMEOUT } from "../protocol/defaults.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { loseCalls, pendingCalls } from "./calls.ts";
import { openInterruption } from "./interruptions.ts";
import { restateSpan, setState } from "./lanes.ts";
import type { Lane, TransportState } from "./state.ts";

/** @microsoft/signalr sends a Close of its own when it is stopped, since version 8. */
const CLOSES_POLITELY = 8;
const majorOf = (version: string | null): number => Number.parseInt(version ?? "0", 10);

/** How often the server pings, as far as the lane's connections have shown it. */
export const pingEvery = ({ model, page }: Lane): Milliseconds | null =>
  model.transports.reduce<Milliseconds | null>((lowest, { socket }) => {
    const own = page.transports.get(socket)?.pingEvery ?? null;
    return own === null ? lowest : Math.min(own, lowest ?? Infinity);
  }, null);

/** Pings of the server that should have come did not: more than one late one. */
export const isOverdue = (silence: Milliseconds, every: Milliseconds | null): boolean =>
  every !== null && silence > every * 1.5;

/**
 * Did the app call stop()? Clients since 8.0 say so with a Close of their own that answers none, and even they may close the
 * socket before it is out (under zone.js). Then the page's own close() is the stop, unless it is the answer to a message that
 * couldn't be read, or comes after the silence of a server timeout. Long polling has no such timeout.
 */
export function stoppedOnWire(transport: TransportState): boolean {
  const { closeIn, closeOut, closingByPage, lastInBroken, lane } = transport;
  if (closeIn) return false;
  if (closeOut) return true;
  // An app often calls stop() when an answer has come, which is still the task of that message.
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
 * Only a further try shows that the client reconnects by itself: the time since the loss was "reconnecting", not the end. The
 * same after what was taken for a stop(), where it may have been a server timeout that was set short.
 */
export function tryOnWire(lane: Lane, t: EpochMilliseconds): void {
  if (lane.hub !== null) return;
  if (lane.interruption && lane.state === "disconnected") {
    restateSpan(lane, "reconnecting");
    lane.interruption.outcome = "ongoing";
  }
  const { perhapsStopped } = lane;
  lane.perhapsStopped = null;
  if (!perhapsStopped || lane.state !== "stopped" || t - perhapsStopped.t > AT_ONCE) return;
  openInterruption(lane, perhapsStopped.t, "wire", perhapsStopped.pending);
  restateSpan(lane, "reconnecting");
}

/** A connected lane lost its socket. Whether the client will try again shows only when it does. */
export function lostOnWire(lane: Lane, t: EpochMilliseconds): void {
  const { current } = lane;
  if (lane.stopping) {
    lane.stopping = false;
    if (current && mayHaveTimedOut(current, t)) lane.perhapsStopped = { t, pending: pendingCalls(lane) };
    loseCalls(lane, t);
    setState(lane, "stopped", t, "wire");
    return;
  }
  const interruption = openInterruption(lane, t, "wire");
  const closeIn = current?.closeIn;
  interruption.outcome = closeIn && closeIn.allowReconnect !== true ? "closed-by-server" : "gave-up";
  loseCalls(lane, t);
  setState(lane, "disconnected", t, "wire");
}

/** It was taken for a stop() though this client says Close when it is stopped. */
const mayHaveTimedOut = (transport: TransportState, t: EpochMilliseconds): boolean =>
  transport.closeOut === null &&
  transport.transport !== "LongPolling" &&
  transport.closingByPage?.duringMessage === false &&
  majorOf(transport.lane.model.clientVersion) >= CLOSES_POLITELY &&
  silenceBefore(transport, t) >= MIN_TIMEOUT;
