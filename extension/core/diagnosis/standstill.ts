/**
 * A standstill: the computer slept, or the browser or the page's main thread was stopped. A client whose timers run closes a
 * silent connection exactly after its server timeout, give or take milliseconds. If the silence was far longer, its timers
 * didn't run; and when they run again, overdue messages are sent immediately. (A half-open connection shows exactly the
 * timeout.)
 */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { PAUSE_REMEMBERED } from "../model/message-events.ts";
import type { InterruptionState, Pause, TransportState } from "../model/state.ts";
import type { Confidence } from "./verdict.ts";

export interface Standstill {
  readonly length: Milliseconds;
  readonly confidence: Confidence;
}

/** Longer than the delay of a timer on a busy page. */
export const LATE: Milliseconds = 5_000;
/** Overdue messages are sent immediately. */
const SENT_JUST_BEFORE: Milliseconds = 500;

export function standstillBefore(
  { loss: { t, socket, lastIn, lastOut } }: InterruptionState,
  timeout: { readonly length: Milliseconds; readonly known: boolean },
  pingEvery: Milliseconds | null,
  hidden: boolean,
): Standstill | null {
  if (!socket || (lastIn === null && socket.since === null)) return null;
  const silence = pauseOf(socket.pauseIn ?? sinceFound(socket, lastIn), lastIn ?? socket.from, t);
  const said = pauseOf(
    socket.pauseOut ?? sinceFound(socket, lastOut),
    lastOut ?? socket.openedAt ?? socket.from,
    t,
  );
  const length = Math.min(silence, said);
  if (length < timeout.length + LATE) return null;
  const overdueSent = socket.pauseOut !== null && t - socket.pauseOut.t < SENT_JUST_BEFORE && said >= length;
  // Without the probe the timeout is unknown: then only overdue messages of the client are evidence.
  if (!timeout.known)
    return overdueSent || missedPings(length, pingEvery) ? { length, confidence: "medium" } : null;
  // Timers of a hidden page may be late by themselves.
  return { length, confidence: hidden ? "medium" : "high" };
}

/** The server's pings came far more often before: so the connection wasn't just idle. */
const missedPings = (length: Milliseconds, every: Milliseconds | null): boolean =>
  every !== null && length > every * 2 + 1_000;

/** The pause before the first message of a connection that was open when the recording began: it was at least so long. */
const sinceFound = ({ since, from }: TransportState, first: EpochMilliseconds | null): Pause | null =>
  since === null || first === null ? null : { t: first, length: first - from };

const pauseOf = (ended: Pause | null, last: number, t: number): Milliseconds =>
  Math.max(ended && t - ended.t <= PAUSE_REMEMBERED ? ended.length : 0, t - last);
