/** Attempts: one try each, from negotiate to handshake, with what the retry policy planned. */
import type { RetryDecision } from "../events/events.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { AttemptState, InterruptionState, Lane } from "./state.ts";
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
  lane.attempt = lane.newest = attempt;
  lane.model.attempts.push(attempt);
  (lane.interruption ?? lane.failedStart)?.attempts.push(attempt);
  return attempt;
}

/** Ends the running attempt, if there is one. If its last transport has failed, that is the outcome. */
export function finishAttempt(lane: Lane, outcome: AttemptOutcome, t: EpochMilliseconds): void {
  const { attempt } = lane;
  if (!attempt) return;
  const { failure } = attempt;
  attempt.outcome = outcome.kind === "abandoned" && failure ? failure.outcome : outcome;
  attempt.endedAt = outcome.kind === "abandoned" && failure ? failure.t : t;
  lane.attempt = null;
}

/**
 * The attempt that a negotiate or a socket at `t` belongs to: the running one, the waiting one (which starts now), or, without
 * the client probe, a new one.
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
      number: tryNumber(interruption),
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

/** If the app calls start() again after a failed one, the count continues. */
export const startNumber = (lane: Lane): number => (lane.failedStart?.starts ?? 0) + 1;

/** All tries of an interruption are counted, whichever connection makes them, except resumes. */
export const tryNumber = ({ attempts }: InterruptionState): number =>
  attempts.filter((other) => other.origin !== "resume").length + 1;

/**
 * The client reports that a try has ended. If no request was seen, none was sent: accessTokenFactory failed before the
 * negotiate, or between negotiate and transport; or the client wants none of the transports that were offered. Only a client that skips the negotiate may have tried a WebSocket that isn't
 * recognised before it opens.
 */
const OF_TRANSPORT = /(?:WebSocket|EventSource) failed to connect/;

export function endTry(lane: Lane, t: EpochMilliseconds, reason: string | null): void {
  const { attempt } = lane;
  if (!attempt) return;
  const { failure, sockets, requests, startedAt } = attempt;
  if (failure || sockets.length > 0 || (startedAt === null && reason === null)) {
    finishAttempt(lane, { kind: "abandoned" }, t);
    return;
  }
  attempt.startedAt ??= Math.min(t, attempt.from + (attempt.planned ?? 0));
  const negotiates = lane.model.requests.length > 0;
  const skips = requests.length === 0 && !negotiates && lane.model.transport !== null;
  if (!skips && !OF_TRANSPORT.test(reason ?? "")) {
    const { connectionId, transports } = lane.page.requests.get(requests.at(-1) ?? -1)?.ended ?? {};
    const offered = connectionId === undefined || !transports ? {} : { offered: transports };
    finishAttempt(lane, { kind: "not-sent", error: reason, negotiates, ...offered }, t);
  } else {
    const transport = lane.model.transport ?? "WebSockets";
    const error = reason === null ? {} : { error: reason };
    finishAttempt(lane, { kind: "socket-failed", transport, code: null, ...error }, t);
  }
}

/** The retry policy answered: the next attempt waits, or there is none. */
export function planAttempt(lane: Lane, decision: RetryDecision): void {
  const { previousRetryCount, reason, t } = decision;
  if (previousRetryCount > 0 && lane.attempt?.origin === "retry") endTry(lane, t, reason ?? null);
  if (decision.delay === null) {
    finishAttempt(lane, { kind: "abandoned" }, t);
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
