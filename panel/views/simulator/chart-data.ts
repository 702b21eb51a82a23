/** From results to what is drawn: time in milliseconds, values, and their places in a picture. Pure. */
import { REFUSALS, type HerdResult } from "../../../extension/core/herd/herd-result.ts";
import { duration } from "../../../extension/core/text/format.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import type { HerdRun } from "../../state/simulator/simulator-control.ts";

export interface Point {
  readonly t: Milliseconds;
  readonly value: number;
}

/** Until when charts go: a little longer than the last of those that recover, as others may go on for hours. */
export function lastMoment(runs: readonly HerdRun[]): Milliseconds {
  const recovered = runs.flatMap(({ result }) => result.timeTo[99] ?? []);
  const last =
    recovered.length > 0 ? Math.max(...recovered) * 1.15 : Math.max(...runs.map(({ result }) => result.end));
  return Math.max(1_000, last);
}

/** The share of all clients that are connected, from 0 to 1; each point holds until the next one. */
export function connectedShare(
  { clients, lost, width, connected, waiting }: HerdResult,
  atOnce: boolean,
): Point[] {
  const points: Point[] = [{ t: 0, value: 1 }];
  if (atOnce && (waiting[0] ?? 0) > 0) points.push({ t: 0, value: 1 - lost / clients });
  connected.forEach((count, i) => points.push({ t: (i + 1) * width, value: count / clients }));
  return points;
}

const SECOND: Milliseconds = 1_000;

/** Counts of whole seconds, or of buckets if they are longer, as a rate a second. */
export function perSecond(counts: Float64Array, width: Milliseconds): Point[] {
  const together = Math.max(1, SECOND / width);
  const step = width * together;
  const points: Point[] = [];
  for (let i = 0; i < counts.length; i += together) {
    const sum = counts.subarray(i, i + together).reduce((total, count) => total + count, 0);
    points.push({ t: i * width, value: (sum * SECOND) / step });
  }
  return points;
}

export function refusedPerSecond({ refused, width, attempts }: HerdResult): Point[] {
  const all = attempts.map((_, i) => REFUSALS.reduce((sum, by) => sum + (refused[by][i] ?? 0), 0));
  return perSecond(all, width);
}

/** The value of the newest point at or before `t`. */
export function valueAt(points: readonly Point[], t: Milliseconds): number {
  let from = 0;
  let to = points.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((points[middle]?.t ?? Infinity) <= t) from = middle + 1;
    else to = middle;
  }
  return points[from - 1]?.value ?? 0;
}

/** A line of steps, with at most two points for each column of pixels. */
export function stepPath(
  points: readonly Point[],
  x: (t: Milliseconds) => number,
  y: (value: number) => number,
  until: Milliseconds,
): string {
  let path = "";
  let column = NaN;
  let last: Point | undefined;
  let [low, high] = [Infinity, -Infinity];
  const write = (): void => {
    if (!last || Number.isNaN(column)) return;
    const at = column.toFixed(0);
    const first = path === "" ? "M" : "L";
    if (high > low) path += `${first}${at} ${y(high).toFixed(1)}L${at} ${y(low).toFixed(1)}`;
    path += `${path === "" ? "M" : "L"}${at} ${y(last.value).toFixed(1)}`;
  };
  for (const point of points) {
    if (point.t > until) break;
    const here = Math.round(x(point.t));
    if (here !== column) {
      write();
      if (last) path += `L${here} ${y(last.value).toFixed(1)}`;
      column = here;
      [low, high] = [Infinity, -Infinity];
    }
    low = Math.min(low, point.value);
    high = Math.max(high, point.value);
    last = point;
  }
  write();
  return path;
}

const STEPS: readonly Milliseconds[] = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000,
  1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000, 43_200_000,
];

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Round moments of the axis, about one in `room` pixels. */
export function timeTicks(until: Milliseconds, width: number, room = 80): Tick[] {
  const most = Math.max(1, Math.floor(width / room));
  const step = STEPS.find((one) => until / one <= most) ?? until;
  const ticks: Tick[] = [];
  for (let at = 0; at <= until; at += step) ticks.push({ at, text: at === 0 ? "0" : duration(at) });
  return ticks;
}

/** Where a label at `x` is anchored, so that it isn't cut at the picture's right edge. */
export const anchorOf = (x: number, width: number): "middle" | "end" => (x > width - 24 ? "end" : "middle");

/** 0, and powers of ten up to the highest value. */
export function rateTicks(most: number): Tick[] {
  const ticks: Tick[] = [{ at: 0, text: "0" }];
  for (let at = 10; at <= most; at *= 10) ticks.push({ at, text: shortCount(at) });
  return ticks;
}

const shortCount = (n: number): string => (n >= 1e6 ? `${n / 1e6}M` : n >= 1e3 ? `${n / 1e3}k` : String(n));

/** A scale for rates from nothing to millions: linear near 0, then logarithmic. */
export const rateScale = (value: number): number => Math.log10(1 + value);
