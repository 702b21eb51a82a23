/** Reads from Chromium's trace how long the scripts of extensions took on a page's main thread. */
import { traceEventsOf, type TraceEvent } from "../trace-event.ts";

export interface ScriptTime {
  /** In milliseconds of the thread's own time. */
  readonly compile: number;
  readonly run: number;
}

/** By file name; one such map for each load of the page. */
export type LoadTimes = ReadonlyMap<string, ScriptTime>;

export const CATEGORIES = ["devtools.timeline", "v8", "disabled-by-default-v8.compile"];

/** The script itself, and later calls of its functions: by timers and listeners. */
const RUNS = ["EvaluateScript", "FunctionCall"];

export interface Trace {
  readonly loads: readonly LoadTimes[];
  /** The process in which they ran. */
  readonly pid: number;
}

/** @param json a trace of one tab that has loaded one page several times in the same process */
export function readTrace(json: string): Trace {
  const events = traceEventsOf(json)
    .filter((event) => event.dur !== undefined && scriptOf(event) !== undefined)
    .sort((a, b) => a.ts - b.ts);
  const loads: Map<string, ScriptTime>[] = [];
  const seen = new Map<string, number>();
  let end = 0;
  for (const event of events) {
    const script = scriptOf(event) ?? "";
    const { compile, run } = { compile: 0, run: 0, ...loads[(seen.get(script) ?? 0) - 1]?.get(script) };
    const time = (event.tdur ?? event.dur ?? 0) / 1_000;
    if (event.name === "EvaluateScript") seen.set(script, (seen.get(script) ?? 0) + 1);
    const index = (seen.get(script) ?? 1) - 1;
    const load = (loads[index] ??= new Map<string, ScriptTime>());
    if (event.name === "EvaluateScript") load.set(script, { compile: 0, run: time });
    // Compiling is a part of evaluating.
    else if (event.name === "v8.compile") load.set(script, { compile: compile + time, run: run - time });
    else if (RUNS.includes(event.name) && event.ts >= end) load.set(script, { compile, run: run + time });
    if (RUNS.includes(event.name)) end = Math.max(end, event.ts + (event.dur ?? 0));
  }
  const pids = new Set(events.map((event) => event.pid));
  if (pids.size !== 1) throw new Error(`the page ran in ${pids.size} processes`);
  return { loads, pid: [...pids][0] ?? 0 };
}

/** The file name of an extension's script; undefined: it is the page's. */
function scriptOf({ name, args }: TraceEvent): string | undefined {
  if (name !== "v8.compile" && !RUNS.includes(name)) return undefined;
  const url = args?.data?.url ?? args?.fileName;
  if (typeof url !== "string" || !url.startsWith("chrome-extension://")) return undefined;
  return new URL(url).pathname.slice(1);
}
