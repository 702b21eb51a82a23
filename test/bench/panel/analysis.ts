/** From what was noted to figures. Pure. */
import type { Input, Sight, Task } from "./watch-api.ts";

/** As browsers define it, in milliseconds. */
const LONG = 50;

export interface LongTasks {
  /** How many tasks were long. */
  readonly count: number;
  /** The longest task, however short. */
  readonly longest: number;
  /** The same by the thread's own time: on a busy machine a task also waits for a processor. null: the browser doesn't tell. */
  readonly cpuCount: number | null;
  readonly cpuLongest: number | null;
}

/** The tasks of which a part is within the span. */
export function longTasks(tasks: readonly Task[], from: number, to: number): LongTasks {
  const own = tasks.filter((task) => task.to >= from && task.from <= to);
  const lengths = own.map((task) => task.to - task.from);
  const cpu = own.flatMap((task) => task.cpu ?? []);
  return {
    count: lengths.filter((length) => length > LONG).length,
    longest: Math.max(0, ...lengths),
    cpuCount: cpu.length > 0 ? cpu.filter((length) => length > LONG).length : null,
    cpuLongest: cpu.length > 0 ? Math.max(...cpu) : null,
  };
}

/** When the panel was complete, and stayed so; null: it isn't. */
export function completeAt(
  sights: readonly Sight[],
  from: number,
  isComplete: (sight: Sight) => boolean,
): number | null {
  const last = sights.findLastIndex((sight) => !isComplete(sight));
  const complete = sights[last + 1];
  return complete ? Math.max(from, complete.t) : null;
}

/** When a filter first showed a result or its progress; null: it never did. */
export function firstAnswerAt(sights: readonly Sight[], from: number): number | null {
  return sights.find(({ t, progress, hits }) => t >= from && (progress || /^\d/.test(hits)))?.t ?? null;
}

/** How many messages the filter has found, of "1,234 of 5,678"; NaN: it isn't known yet. */
export const foundIn = ({ hits }: Sight): number =>
  Number.parseInt((hits.split(" of ")[0] ?? "").replaceAll(",", ""), 10);

/** For each input its longest task: a task belongs to the last input before its end, if it began within `span` after that. */
export function handling(inputs: readonly Input[], tasks: readonly Task[], span: number): number[] {
  const longest = inputs.map(() => 0);
  for (const { from, to } of tasks) {
    const owner = inputs.findLastIndex(({ t }) => t <= to);
    if (owner >= 0 && from < (inputs[owner]?.t ?? 0) + span)
      longest[owner] = Math.max(longest[owner] ?? 0, to - from);
  }
  return longest;
}
