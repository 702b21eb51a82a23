import type { FailedStartState, InterruptionState } from "./state.ts";
import type { Downtime } from "./types.ts";

/**
 * The model's interruptions and failed starts are the reducer's own objects. This returns them with the reducer's internal
 * fields, which diagnosis needs.
 */
export function reduced(downtime: Downtime): InterruptionState | FailedStartState {
  if (!isReduced(downtime)) throw new TypeError("not from a model of the reducer");
  return downtime;
}

const isReduced = (downtime: Downtime): downtime is InterruptionState | FailedStartState =>
  "lane" in downtime;
