/** Maps times to columns on the screen, and merges marks that are too close. Pure. */
import { firstIndex } from "../../extension/core/first-index.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { Scale } from "../state/time-scale.ts";
import type { Series, Totals } from "./series.ts";

export interface Bin {
  /** Left edge in pixels. */
  readonly x: number;
  readonly count: number;
}

/**
 * Counts per column of `width` pixels. Columns are aligned to time, not to the screen's edge, so that panning only moves them.
 * It needs one search per column, however many messages there are.
 */
export function binCounts(scale: Scale, width: number, times: Series, totals?: Totals): Bin[] {
  if (times.length === 0 && !totals?.length) return [];
  const step = (scale.to - scale.from) * (width / scale.width);
  const bins: Bin[] = [];
  let edge = Math.floor(scale.from / step) * step;
  let index = times.before(edge);
  let sum = totals?.before(edge) ?? 0;
  const stop = times.length;
  while (edge < scale.to) {
    const next = edge + step;
    const after = index < stop ? times.before(next, index) : stop;
    const sumAfter = totals && totals.length > 0 ? totals.before(next) : sum;
    const count = after - index + (sumAfter - sum);
    if (count > 0.01) bins.push({ x: scale.x(edge), count });
    index = after;
    sum = sumAfter;
    edge = next;
  }
  return bins;
}

export interface Mark<S> {
  readonly x0: number;
  readonly x1: number;
  readonly what: S;
  /** How many were merged into it. */
  readonly merged: number;
}

interface Ranged {
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds | null;
}

/** Index of the first of the sorted spans that may be visible: the one before the first that begins in view. */
export function firstSeen(spans: readonly Ranged[], from: EpochMilliseconds): number {
  return Math.max(0, firstIndex(spans.length, (index) => (spans[index] as Ranged).from < from) - 1);
}

/**
 * The visible spans as marks of at least `minWidth` pixels. A mark that would overlap a widened one is merged with it; of
 * merged marks the one with the highest rank is shown.
 */
export function marksOf<S extends Ranged>(
  spans: readonly S[],
  scale: Scale,
  now: EpochMilliseconds,
  minWidth: number,
  rank: (span: S) => number,
): Mark<S>[] {
  const marks: Mark<S>[] = [];
  for (let i = firstSeen(spans, scale.from); i < spans.length; i++) {
    const span = spans[i] as S;
    if (span.from > scale.to) break;
    const until = span.until ?? now;
    if (until < scale.from) continue;
    const x0 = scale.clamped(span.from);
    const x1 = scale.clamped(until);
    const last = marks.at(-1);
    const free = last?.x1 ?? -Infinity;
    const wide = x1 - Math.max(x0, free) >= minWidth;
    if (last && !wide && x0 < free && rank(span) <= rank(last.what)) {
      marks[marks.length - 1] = { ...last, x1: Math.max(last.x1, x1), merged: last.merged + 1 };
    } else if (last && !wide && x0 < free && last.x1 - last.x0 <= minWidth + 0.01) {
      marks[marks.length - 1] = {
        x0: last.x0,
        x1: Math.max(last.x1, x1),
        what: span,
        merged: last.merged + 1,
      };
    } else {
      const from = x0 < free ? Math.min(free, x1) : x0;
      marks.push({ x0: from, x1: Math.max(x1, from + minWidth), what: span, merged: 1 });
    }
  }
  return marks;
}
