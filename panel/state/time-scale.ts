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
  /** `x`, limited to slightly outside of the visible part: canvases don't work well with very large coordinates. */
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

/** The shortest step whose ticks are at least `leastPixels` apart. */
export function tickStep(scale: Range & { readonly width: number }, leastPixels: number): Milliseconds {
  const shortest = ((scale.to - scale.from) * leastPixels) / Math.max(1, scale.width);
  return STEPS.find((step) => step >= shortest) ?? (STEPS.at(-1) as Milliseconds);
}

/** Round clock times within the range. `zone` is the offset of local time, so that ticks are at full local hours. */
export function ticks({ from, to }: Range, step: Milliseconds, zone: Milliseconds): EpochMilliseconds[] {
  const result: EpochMilliseconds[] = [];
  for (let t = Math.ceil((from + zone) / step) * step - zone; t <= to; t += step) result.push(t);
  return result;
}

/** Decimals of the seconds that ticks of this step need. */
export const decimalsFor = (step: Milliseconds): 0 | 1 | 2 | 3 =>
  step >= 1000 ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;

/** Maximum zoom: 20 ms across the panel. */
export const SHORTEST_RANGE: Milliseconds = 20;

/** Limits a range to `whole`: it is shifted first, then cut. */
export function clampRange(range: Range, whole: Range): Range {
  const longest = Math.max(SHORTEST_RANGE, whole.to - whole.from);
  const length = Math.min(longest, Math.max(SHORTEST_RANGE, range.to - range.from));
  const middle = (range.from + range.to) / 2;
  let from = length === range.to - range.from ? range.from : middle - length / 2;
  from = Math.max(whole.from, Math.min(from, whole.from + longest - length));
  return { from, to: from + length };
}

/** Zooms by `factor` (above 1: in) so that `anchor` stays at the same position. */
export function zoomed({ from, to }: Range, factor: number, anchor: EpochMilliseconds): Range {
  return { from: anchor - (anchor - from) / factor, to: anchor + (to - anchor) / factor };
}

export const panned = ({ from, to }: Range, by: Milliseconds): Range => ({ from: from + by, to: to + by });

/** A range that shows `from` to `to` with some space on both sides. */
export function around(from: EpochMilliseconds, to: EpochMilliseconds, shortest: Milliseconds = 1000): Range {
  const length = Math.max(shortest, to - from);
  const middle = (from + to) / 2;
  return { from: middle - length * 0.65, to: middle + length * 0.65 };
}
