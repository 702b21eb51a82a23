/** How many clients are due in each millisecond ahead: a calendar of counts, in a ring. */
import type { Milliseconds } from "../units.ts";
import { scatter } from "./random.ts";

export interface DueCounts {
  readonly counts: Int32Array;
  /** How many are due at all. */
  waiting: number;
  /** Nobody is due before. */
  from: Milliseconds;
}

/** @param longest how far ahead somebody can be due */
export const dueWithin = (longest: Milliseconds): DueCounts => ({
  counts: new Int32Array(2 ** (32 - Math.clz32(longest))),
  waiting: 0,
  from: Infinity,
});

export function putDue(due: DueCounts, at: Milliseconds, count: number): void {
  const { counts } = due;
  const place = at & (counts.length - 1);
  counts[place] = (counts[place] ?? 0) + count;
  due.waiting += count;
  if (at < due.from) due.from = at;
}

/** Each at another time, from `at` to `at + spread`, each as likely as the others. */
export function spreadDue(
  due: DueCounts,
  at: Milliseconds,
  spread: Milliseconds,
  count: number,
  random: Int32Array,
): void {
  const earliest = scatter(random, due.counts, at, spread, count);
  due.waiting += count;
  if (earliest < due.from) due.from = earliest;
}

/** Takes out those of this millisecond. */
export function takeDue(due: DueCounts, t: Milliseconds): number {
  if (due.from !== t) return 0;
  const { counts } = due;
  const place = t & (counts.length - 1);
  const count = counts[place] ?? 0;
  counts[place] = 0;
  due.waiting -= count;
  due.from = due.waiting === 0 ? Infinity : t + 1;
  return count;
}

/** When somebody is due next, or `until` if that is earlier. */
export function nextDue(due: DueCounts, until: Milliseconds): Milliseconds {
  const { counts } = due;
  const mask = counts.length - 1;
  let { from } = due;
  while (from < until && counts[from & mask] === 0) from++;
  due.from = from;
  return Math.min(from, until);
}
