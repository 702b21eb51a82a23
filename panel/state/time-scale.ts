/** Time to pixels and back, ticks, and the arithmetic of zoom and pan. Pure. */
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";

export interface Range {
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
}

export interface Scale extends Range {
  /** In CSS pixels. */
  readonly width: number;
  x(t: EpochMilliseconds): number;
  t(x: number): EpochMilliseconds;
  /** `x`, held a little outside of the visible part: canvases dislike far coordinates. */
  clamped(t: EpochMilliseconds): number;
}

export function createScale({ from, to }: Range, width: number): Scale {
  const perMs = width / Math.max(1e-6, to - from);
  const x = (t: EpochMilliseconds): number => (t - from) * perMs;
  return {
    from,
    to,
    width,
    x,
    t: (px) => from + px / perMs,
    clamped: (t) => Math.max(-2, Math.min(width + 2, x(t))),
  };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS: readonly Milliseconds[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  20 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  48 * HOUR,
  7 * 24 * HOUR,
];

/** The least step whose ticks are `leastPixels` apart. */
export function tickStep(scale: Range & { readonly width: number }, leastPixels: number): Milliseconds {
  const shortest = ((scale.to - scale.from) * leastPixels) / Math.max(1, scale.width);
  return STEPS.find((step) => step >= shortest) ?? (STEPS.at(-1) as Milliseconds);
}

/** Round times of the day within the range. `zone` is the offset of local time: whole hours start at local ones. */
export function ticks({ from, to }: Range, step: Milliseconds, zone: Milliseconds): EpochMilliseconds[] {
  const result: EpochMilliseconds[] = [];
  for (let t = Math.ceil((from + zone) / step) * step - zone; t <= to; t += step) result.push(t);
  return result;
}

/** Digits of the second that ticks of this step need. */
export const decimalsFor = (step: Milliseconds): 0 | 1 | 2 | 3 =>
  step >= 1000 ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;

/** The closest look: 20 ms across the panel. */
export const SHORTEST_RANGE: Milliseconds = 20;

/** Holds a range within `whole`: shifted first, then cut. */
export function clampRange(range: Range, whole: Range): Range {
  const longest = Math.max(SHORTEST_RANGE, whole.to - whole.from);
  const length = Math.min(longest, Math.max(SHORTEST_RANGE, range.to - range.from));
  const middle = (range.from + range.to) / 2;
  let from = length === range.to - range.from ? range.from : middle - length / 2;
  from = Math.max(whole.from, Math.min(from, whole.from + longest - length));
  return { from, to: from + length };
}

/** Zooms by `factor` (above 1: closer) so that what is at `anchor` stays where it is. */
export function zoomed({ from, to }: Range, factor: number, anchor: EpochMilliseconds): Range {
  return { from: anchor - (anchor - from) / factor, to: anchor + (to - anchor) / factor };
}

export const panned = ({ from, to }: Range, by: Milliseconds): Range => ({ from: from + by, to: to + by });

/** A range with some room at both sides, to look at something from `from` to `to`. */
export function around(from: EpochMilliseconds, to: EpochMilliseconds, shortest: Milliseconds = 1000): Range {
  const length = Math.max(shortest, to - from);
  const middle = (from + to) / 2;
  return { from: middle - length * 0.65, to: middle + length * 0.65 };
}
