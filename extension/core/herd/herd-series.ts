/**
 * Counts over time, in a bounded number of buckets: when the time doesn't fit, several buckets become one. So a short run is seen
 * in tenths of a second, and a day in minutes.
 */
import type { Milliseconds } from "../units.ts";

const WIDTHS: readonly Milliseconds[] = [100, 500, 1_000, 5_000, 10_000, 60_000];
const MOST_BUCKETS = 6_000;

const column = (): Float64Array<ArrayBuffer> => new Float64Array(MOST_BUCKETS);

export type HerdColumn = keyof ReturnType<typeof emptyColumns>;

export interface HerdSeries {
  readonly columns: ReturnType<typeof emptyColumns>;
  readonly width: Milliseconds;
  /** The bucket of a time, after making room for it. */
  at(t: Milliseconds): number;
}

const emptyColumns = () => ({
  attempts: column(),
  /** Refused attempts, by what refused them. */
  token: column(),
  restart: column(),
  negotiate: column(),
  capacity: column(),
  lost: column(),
  connected: column(),
  gaveUp: column(),
});

export function createSeries(): HerdSeries {
  const columns = emptyColumns();
  let step = 0;
  const width = (): Milliseconds => WIDTHS[step] ?? Infinity;
  return {
    columns,
    get width() {
      return width();
    },
    at(t) {
      while (t >= width() * MOST_BUCKETS) {
        const before = width();
        step++;
        for (const counts of Object.values(columns)) merge(counts, width() / before);
      }
      return Math.floor(t / width());
    },
  };
}

function merge(counts: Float64Array, by: number): void {
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    counts[i] = 0;
    const to = Math.floor(i / by);
    counts[to] = (counts[to] ?? 0) + count;
  }
}
