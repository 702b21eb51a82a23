/**
 * Transport fallback: a client whose transport could not connect negotiates again at once and tries the next one, all within
 * one attempt. With the probe the client reports when an attempt is over. Without it, it is inferred: a negotiate without a
 * pause, after a transport that wasn't the last one offered.
 */
import { AT_ONCE } from "./at-once.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { EpochMilliseconds } from "../units.ts";
import { beginAttempt, finishAttempt } from "./attempts.ts";
import { givesUpAgain } from "./circuits.ts";
import { failStart, withdrawFailedStart } from "./failed-starts.ts";
import { setState, withdrawSpan } from "./lanes.ts";
import type { AttemptState, Lane, RequestState, TransportState } from "./state.ts";
import type { AttemptOutcome } from "./types.ts";

/** Without the client probe every failed try that follows no loss counts as a separate start. */
export function failOnWire(lane: Lane, t: EpochMilliseconds): void {
  if (!lane.interruption || givesUpAgain(lane)) setState(lane, "disconnected", t, "wire");
  failStart(lane, t, "wire");
}

/** A transport ended before its handshake. */
export function transportFailed(
  lane: Lane,
  attempt: AttemptState,
  transport: TransportState,
  outcome: AttemptOutcome,
  t: EpochMilliseconds,
): void {
  attempt.failure = { outcome, t };
  if (lane.hub !== null && attempt.origin !== "resume") return;
  finishAttempt(lane, outcome, t);
  if (attempt.origin === "resume") return;
  lane.failed = { attempt, transport, t };
  failOnWire(lane, t);
}

/**
 * A WebSocket that only had an `error`: the client waits for a `close` event that never comes, and reports nothing. Its attempt
 * has failed all the same.
 */
export function endUnnoticed(lane: Lane, t: EpochMilliseconds): void {
  if (lane.hub === null || !lane.attempt) return;
  finishAttempt(lane, { kind: "abandoned" }, t);
  if (!lane.interruption) failStart(lane, t, "wire");
}

/** The attempt whose transport has just failed, if this negotiate continues it. */
export function reopenForFallback(lane: Lane, t: EpochMilliseconds): AttemptState | null {
  const { failed } = lane;
  lane.failed = null;
  if (!failed || lane.hub !== null || lane.attempt || t - failed.t > AT_ONCE) return null;
  if (!hasNext(lane, failed.transport)) return null;
  const { attempt } = failed;
  attempt.outcome = { kind: "running" };
  attempt.endedAt = null;
  lane.attempt = attempt;
  if (!lane.interruption) {
    withdrawSpan(lane);
    withdrawFailedStart(lane);
  }
  return attempt;
}

/**
 * The next transport shows whether it was a fallback: the same one again is a new attempt.
 * @returns the attempt that it belongs to
 */
export function attemptOfTransport(request: RequestState, transport: TransportName): AttemptState {
  const { attempt, lane } = request;
  const last = attempt.sockets.at(-1);
  const before = last === undefined ? undefined : lane.page.transports.get(last);
  if (lane.hub !== null || before?.transport !== transport || lane.attempt !== attempt || !attempt.failure)
    return attempt;
  finishAttempt(lane, attempt.failure.outcome, attempt.failure.t);
  attempt.requests = attempt.requests.filter((other) => other !== request.request);
  if (!lane.interruption) failStart(lane, attempt.failure.t, "wire");
  const next = beginAttempt(lane, {
    number: attempt.number + 1,
    from: attempt.failure.t,
    planned: null,
    startedAt: request.started.t,
    origin: attempt.origin,
  });
  next.requests.push(request.request);
  request.attempt = next;
  return next;
}

function hasNext(lane: Lane, failed: TransportState): boolean {
  const request = failed.request === null ? undefined : lane.page.requests.get(failed.request);
  const offered = request?.ended?.transports;
  return offered !== undefined && offered.indexOf(failed.transport) < offered.length - 1;
}
