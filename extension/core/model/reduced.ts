import type { FailedStartState, InterruptionState } from "./state.ts";
import type { Downtime } from "./types.ts";

/**
 * What the model shows of an interruption or a failed start is the reducer's own object; this gives it with what only the
 * reducer knows, to those that judge it.
 */
export function reduced(downtime: Downtime): InterruptionState | FailedStartState {
  if (!isReduced(downtime)) throw new TypeError("not from a model of the reducer");
  return downtime;
}

const isReduced = (downtime: Downtime): downtime is InterruptionState | FailedStartState =>
  "lane" in downtime;
