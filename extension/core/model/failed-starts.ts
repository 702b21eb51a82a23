/**
 * Failed starts: a start() of the app that ended without a connection, together with the following starts until one succeeds.
 * It is not an interruption, as there was no connection to lose. The client doesn't reconnect automatically after a failed
 * start; only the app can try again.
 */
import type { EpochMilliseconds } from "../units.ts";
import { faultsAt } from "./interruptions.ts";
import type { FailedStartState, Lane } from "./state.ts";
import type { AttemptModel, FailedStartOutcome, Knowledge } from "./types.ts";

/** A start() ended without a connection. While an interruption is open, its starts belong to that. */
export function failStart(lane: Lane, t: EpochMilliseconds, knowledge: Knowledge): void {
  if (lane.interruption) return;
  const known = lane.failedStart;
  if (!known) {
    // One start may take several attempts: a transport that fails is followed by another.
    const all =
      lane.hub === null ? lane.model.attempts.slice(-1) : lane.model.attempts.slice(lane.startedWith);
    const attempts = all.filter((attempt) => attempt.origin === "start");
    const first = attempts[0];
    if (!first || attempts.some((attempt) => attempt.outcome.kind === "connected")) return;
    const begun = create(lane, attempts, first.from, t, knowledge);
    lane.failedStart = begun;
    lane.model.failedStarts.push(begun);
    return;
  }
  if (known.outcome === "failed") return;
  known.outcome = "failed";
  known.failedAt = t;
  known.starts++;
}

/** The start that counted as failed continues after all. */
export function withdrawFailedStart(lane: Lane): void {
  const { failedStart } = lane;
  if (!failedStart) return;
  failedStart.starts--;
  failedStart.outcome = "trying";
  if (failedStart.starts > 0) return;
  lane.failedStart = null;
  lane.model.failedStarts.pop();
}

export function endFailedStart(lane: Lane, outcome: FailedStartOutcome, t: EpochMilliseconds): void {
  const { failedStart } = lane;
  if (!failedStart) return;
  failedStart.outcome = outcome;
  failedStart.until = t;
  lane.failedStart = null;
}

function create(
  lane: Lane,
  attempts: AttemptModel[],
  from: EpochMilliseconds,
  t: EpochMilliseconds,
  knowledge: Knowledge,
): FailedStartState {
  const socket = attempts.at(-1)?.socket ?? null;
  return {
    kind: "failed-start",
    key: `${lane.page.model.id}?${++lane.page.failedStarts}`,
    hubKey: lane.key,
    lane,
    knowledge,
    from,
    until: null,
    failedAt: t,
    starts: 1,
    outcome: "failed",
    attempts,
    faults: faultsAt(lane, socket === null ? null : lane.page.transports.get(socket), t),
  };
}
