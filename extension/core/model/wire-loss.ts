/** Losses as far as the wire alone tells them. */
import type { EpochMilliseconds } from "../units.ts";
import { loseCalls } from "./calls.ts";
import { openInterruption } from "./interruptions.ts";
import { restateSpan, setState } from "./lanes.ts";
import type { Lane, TransportState } from "./state.ts";

/** The client's default; without the probe nothing better is known. */
const DEFAULT_SERVER_TIMEOUT = 30_000;

/** Clients from here on send a Close of their own when they are stopped (signalr-facts: client since 8.0). */
const CLOSES_POLITELY = 8;
const majorOf = (version: string | null): number => Number.parseInt(version ?? "0", 10);

/**
 * Did the app call stop()? Clients since 8.0 say so with a Close of their own that answers none. Older ones just close:
 * that is a stop when the server was heard lately and the close wasn't the answer to a message.
 */
export function stoppedOnWire(transport: TransportState): boolean {
  if (transport.closeIn) return false;
  if (transport.closeOut) return true;
  if (majorOf(transport.lane.model.clientVersion) >= CLOSES_POLITELY) return false;
  const closing = transport.closingByPage;
  // An app often calls stop() when an answer has come, which is still the task of that message.
  if (!closing || (closing.duringMessage && transport.lastInBroken)) return false;
  const silence = closing.t - (transport.lastIn ?? transport.from);
  return silence < DEFAULT_SERVER_TIMEOUT * 0.9;
}

/** Only a further try shows that the client reconnects by itself: the time since the loss was "reconnecting", not the end. */
export function tryOnWire(lane: Lane): void {
  if (lane.hub === null && lane.interruption && lane.state === "disconnected") {
    restateSpan(lane, "reconnecting");
    lane.interruption.outcome = "ongoing";
  }
}

/** A connected lane lost its socket. Whether the client will try again shows only when it does. */
export function lostOnWire(lane: Lane, t: EpochMilliseconds): void {
  if (lane.stopping) {
    lane.stopping = false;
    loseCalls(lane, t);
    setState(lane, "stopped", t, "wire");
    return;
  }
  const interruption = openInterruption(lane, t, "wire");
  const closeIn = lane.current?.closeIn;
  interruption.outcome = closeIn && closeIn.allowReconnect !== true ? "closed-by-server" : "gave-up";
  loseCalls(lane, t);
  setState(lane, "disconnected", t, "wire");
}
