import type { FaultRun } from "../fault.ts";
import { throttleTimers } from "../timers.ts";

/** As browsers do with timers of hidden tabs: they run together, once in a period. */
export const throttleTimersRun: FaultRun<"throttle-timers"> = ({ period }) => ({
  end: throttleTimers(period),
});
