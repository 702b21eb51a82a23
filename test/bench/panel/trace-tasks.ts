/** Reads from Chromium's trace which tasks the panel's main thread ran. */
import { traceEventsOf } from "../trace-event.ts";
import { CLOCK_MARK, type Task } from "./watch-api.ts";

export const TASK_CATEGORIES = ["disabled-by-default-devtools.timeline", "blink.user_timing"];

/**
 * The tasks of the thread that has set the last clock mark, in the time of its document. Tasks before the beginning of that
 * document are left out.
 */
export function readTasks(json: string): Task[] {
  const traceEvents = traceEventsOf(json);
  const mark = traceEvents.filter(({ name }) => name === CLOCK_MARK).sort((a, b) => b.ts - a.ts)[0];
  const startTime = mark?.args?.data?.startTime;
  if (!mark || startTime === undefined) throw new Error("The trace has no clock mark.");
  return traceEvents
    .filter(({ name, pid, tid }) => name === "RunTask" && pid === mark.pid && tid === mark.tid)
    .map(({ ts, dur = 0, tdur = dur }) => {
      const from = startTime + (ts - mark.ts) / 1_000;
      return { from, to: from + dur / 1_000, cpu: tdur / 1_000 };
    })
    .filter(({ to }) => to > 0)
    .sort((a, b) => a.from - b.from);
}
