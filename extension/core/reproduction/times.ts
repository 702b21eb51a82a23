/** Times of a recording as a person would write them into a test. */
import { duration } from "../text/format.ts";
import type { Milliseconds } from "../units.ts";

/** Up to half a second, a second or five, so that nothing becomes shorter than it was. */
export function rounded(time: Milliseconds): Milliseconds {
  const step = time <= 10_000 ? 500 : time <= 60_000 ? 1_000 : 5_000;
  return Math.max(step, Math.ceil(time / step) * step);
}

export interface Bounded {
  readonly time: Milliseconds;
  readonly differs: readonly string[];
}

/** @param what begins a sentence: "The server was away for" */
export function bounded(
  time: Milliseconds,
  { min, max }: { readonly min: Milliseconds; readonly max: Milliseconds },
  what: string,
): Bounded {
  // Nobody waits in a test as long as in reality.
  if (!(time <= max)) return { time: max, differs: [`${what} ${duration(time)}; here ${duration(max)}.`] };
  return { time: Math.max(min, rounded(time)), differs: [] };
}
