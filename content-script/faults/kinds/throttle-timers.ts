import type { FaultRun } from "../fault.ts";
import { throttleTimers } from "../timers.ts";

/** Like browsers with timers of hidden tabs: they run together, once per period. */
export const throttleTimersRun: FaultRun<"throttle-timers"> = ({ period }) => ({
  end: throttleTimers(period),
});
