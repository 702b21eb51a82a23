/** Attempts: one try each, from negotiate to handshake, with what the retry policy planned. */
import type { RetryDecision } from "../events.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { AttemptState, Lane } from "./state.ts";
import type { AttemptModel, AttemptOutcome } from "./types.ts";

type Beginning = Pick<AttemptModel, "number" | "from" | "planned" | "startedAt" | "origin">;

export function beginAttempt(lane: Lane, beginning: Beginning): AttemptState {
  finishAttempt(lane, { kind: "abandoned" }, beginning.from);
  const attempt: AttemptState = {
    ...beginning,
    endedAt: null,
    outcome: { kind: beginning.startedAt === null ? "waiting" : "running" },
    requests: [],
    sockets: [],
    socket: null,
    failure: null,
  };
  if (lane.failedStart && attempt.origin === "start") lane.failedStart.outcome = "trying";
  lane.attempt = attempt;
  lane.model.attempts.push(attempt);
  (lane.interruption ?? lane.failedStart)?.attempts.push(attempt);
  return attempt;
}

/** Ends the running attempt, if there is one. One whose last transport had failed failed by that. */
export function finishAttempt(lane: Lane, outcome: AttemptOutcome, t: EpochMilliseconds): void {
  const { attempt } = lane;
  if (!attempt) return;
  const { failure } = attempt;
  attempt.outcome = outcome.kind === "abandoned" && failure ? failure.outcome : outcome;
  attempt.endedAt = outcome.kind === "abandoned" && failure ? failure.t : t;
  lane.attempt = null;
}

/**
 * The attempt that a negotiate or a socket at `t` belongs to: the running one, the waiting one (which starts now), or,
 * where only the wire speaks, a new one.
 */
export function attemptAt(lane: Lane, t: EpochMilliseconds): AttemptState {
  const { attempt } = lane;
  if (attempt) {
    if (attempt.startedAt === null) {
      attempt.startedAt = t;
      attempt.outcome = { kind: "running" };
    }
    return attempt;
  }
  const { interruption } = lane;
  if (interruption) {
    const last = interruption.attempts.at(-1);
    return beginAttempt(lane, {
      number: interruption.attempts.filter((other) => other.origin !== "resume").length + 1,
      from: last?.endedAt ?? interruption.from,
      planned: null,
      startedAt: t,
      origin: "retry",
    });
  }
  return beginAttempt(lane, {
    number: startNumber(lane),
    from: t,
    planned: null,
    startedAt: t,
    origin: "start",
  });
}

/** Starts of an app that tries again after one failed are counted on. */
export const startNumber = (lane: Lane): number => (lane.failedStart?.starts ?? 0) + 1;

/** The client says that a try failed of which nothing was seen: a WebSocket without a negotiate that never opened. */
function failUnseen(lane: Lane, { previousRetryCount, reason, t }: RetryDecision): void {
  const { attempt } = lane;
  if (!attempt || previousRetryCount === 0 || reason === undefined) return;
  if (attempt.origin !== "retry" || attempt.requests.length > 0 || attempt.sockets.length > 0) return;
  attempt.startedAt ??= Math.min(t, attempt.from + (attempt.planned ?? 0));
  const transport = lane.model.transport ?? "WebSockets";
  finishAttempt(lane, { kind: "socket-failed", transport, code: null, error: reason }, t);
}

/** The retry policy answered: the next attempt waits, or there is none. */
export function planAttempt(lane: Lane, decision: RetryDecision): void {
  failUnseen(lane, decision);
  if (decision.delay === null) {
    finishAttempt(lane, { kind: "abandoned" }, decision.t);
    return;
  }
  beginAttempt(lane, {
    number: decision.previousRetryCount + 1,
    from: decision.t,
    planned: decision.delay,
    startedAt: null,
    origin: "retry",
  });
}
