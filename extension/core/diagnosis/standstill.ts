/**
 * Nobody listened: the machine slept, the browser was stopped, or the page's main thread was. A client whose timers run gives
 * a silent connection up after its server timeout, to a few milliseconds. Where the silence was far longer, its timer can't
 * have run; and what was overdue goes out in the moment in which it does. (A half-open connection shows exactly the timeout.)
 */
import type { Milliseconds } from "../units.ts";
import { PAUSE_REMEMBERED } from "../model/message-events.ts";
import type { InterruptionState, Pause } from "../model/state.ts";
import type { Confidence } from "./verdict.ts";

export interface Standstill {
  readonly length: Milliseconds;
  readonly confidence: Confidence;
}

/** More than a timer of a busy page is late. */
const LATE: Milliseconds = 5_000;
/** What was overdue goes out at once. */
const SENT_JUST_BEFORE: Milliseconds = 500;

export function standstillBefore(
  { loss: { t, socket, lastIn, lastOut }, lane }: InterruptionState,
  timeout: { readonly length: Milliseconds; readonly known: boolean },
  pingEvery: Milliseconds | null,
  hidden: boolean,
): Standstill | null {
  // A client that polled once never gives up a silent connection: the poll loop of @microsoft/signalr has no server timeout.
  if (!socket || lastIn === null || lane.model.transports.some((one) => one.transport === "LongPolling"))
    return null;
  const silence = pauseOf(socket.pauseIn, lastIn, t);
  const said = pauseOf(socket.pauseOut, lastOut ?? socket.openedAt ?? socket.from, t);
  const length = Math.min(silence, said);
  if (length < timeout.length + LATE) return null;
  const overdueSent = socket.pauseOut !== null && t - socket.pauseOut.t < SENT_JUST_BEFORE && said >= length;
  // Without the probe the timeout may be any: then only what was overdue on our own side tells.
  if (!timeout.known)
    return overdueSent || missedPings(length, pingEvery) ? { length, confidence: "medium" } : null;
  // Timers of a hidden page may be late by themselves.
  return { length, confidence: hidden ? "medium" : "high" };
}

/** The server's pings had come far more often: an idle connection isn't as quiet. */
const missedPings = (length: Milliseconds, every: Milliseconds | null): boolean =>
  every !== null && length > every * 2 + 1_000;

const pauseOf = (ended: Pause | null, last: number, t: number): Milliseconds =>
  Math.max(ended && t - ended.t <= PAUSE_REMEMBERED ? ended.length : 0, t - last);
