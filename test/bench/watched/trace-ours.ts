/** Reads from Chromium's trace how long scripts of the extension kept the page's main thread busy, task by task. Pure. */

import { traceEventsOf, type TraceEvent } from "../trace-event.ts";

export const TRACE_CATEGORIES = ["disabled-by-default-devtools.timeline", "devtools.timeline"];

const CALLS = ["EvaluateScript", "FunctionCall"];

interface Span {
  readonly from: number;
  readonly to: number;
}

const spanOf = ({ ts, dur = 0 }: TraceEvent): Span => ({ from: ts, to: ts + dur });
const isIn = (outer: Span, { from }: Span): boolean => from >= outer.from && from < outer.to;

/**
 * @param pid of the page, whose main thread has the same number
 * @returns our time in each task that had any, in milliseconds. A task with no other script in it is ours as a whole: what the
 *   browser does for our messages is our doing, too.
 */
export function ourTasks(json: string, pid: number): number[] {
  const own = traceEventsOf(json)
    .filter((event) => event.pid === pid && event.tid === pid && event.dur !== undefined)
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const tasks = own.filter(({ name }) => name === "RunTask").map(spanOf);
  if (tasks.length === 0) throw new Error("The trace has no task of the page.");
  const outermost: { readonly span: Span; readonly ours: boolean }[] = [];
  for (const event of own) {
    if (!CALLS.includes(event.name)) continue;
    const span = spanOf(event);
    const last = outermost.at(-1);
    if (last && isIn(last.span, span)) continue;
    const url = event.args?.data?.url;
    outermost.push({ span, ours: typeof url === "string" && url.startsWith("chrome-extension://") });
  }
  const times: number[] = [];
  let next = 0;
  for (const task of tasks) {
    let ours = 0;
    let others = false;
    for (let call = outermost[next]; call && call.span.from < task.to; call = outermost[++next]) {
      if (!isIn(task, call.span)) continue;
      if (call.ours) ours += call.span.to - call.span.from;
      else others = true;
    }
    if (ours > 0) times.push((others ? ours : task.to - task.from) / 1_000);
  }
  return times;
}
