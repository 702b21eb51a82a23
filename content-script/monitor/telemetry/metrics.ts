/**
 * What happened since the last time, as sums and a histogram with delta temporality: a page lives too short to have series of its own, and a
 * collector adds them up over all pages.
 */
import type { EpochMilliseconds, Milliseconds } from "../../../extension/core/units.ts";
import { attributes, nanoseconds, type Attributes } from "../../../extension/otlp/values.ts";
import { DELTA, type KeyValue, type Metric } from "../../../extension/otlp/types.ts";

/** In seconds. */
const BOUNDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

/** Series of one page at a time: more than these are counted in none. */
const MOST = 100;

const COUNTERS = {
  "hubscope.pages": { unit: "{page}", description: "Pages with a SignalR connection" },
  "hubscope.pages.interrupted": { unit: "{page}", description: "Of these, pages with an interruption" },
  "hubscope.connections": { unit: "{connection}", description: "Connections that were made" },
  "hubscope.interruptions": {
    unit: "{interruption}",
    description: "Interruptions and failed starts, by cause",
  },
  "hubscope.telemetry.dropped": { unit: "{item}", description: "Spans that could not be sent" },
} as const;
export type CounterName = keyof typeof COUNTERS;

const RECOVERY = "hubscope.recovery.duration";

interface Recoveries {
  readonly values: Attributes;
  count: number;
  sum: number;
  min: number;
  max: number;
  readonly buckets: number[];
}

export interface Metrics {
  add(name: CounterName, values?: Attributes, count?: number): void;
  recovered(values: Attributes, duration: Milliseconds): void;
  /** Those since the last call. */
  take(now: EpochMilliseconds): Metric[];
}

/** @param rate is on every point */
export function createMetrics(startedAt: EpochMilliseconds, rate: KeyValue): Metrics {
  let since = startedAt;
  let counts = new Map<string, { readonly name: CounterName; readonly values: Attributes; count: number }>();
  let recoveries = new Map<string, Recoveries>();
  return {
    add(name, values = {}, count = 1) {
      const key = name + JSON.stringify(values);
      const known = counts.get(key);
      if (known) known.count += count;
      else if (counts.size < MOST) counts.set(key, { name, values, count });
    },
    recovered(values, duration) {
      const key = JSON.stringify(values);
      const known = recoveries.get(key) ?? newRecoveries(values);
      if (recoveries.size < MOST) recoveries.set(key, known);
      const seconds = Math.max(0, duration) / 1_000;
      const bucket = BOUNDS.findIndex((bound) => seconds <= bound);
      const index = bucket < 0 ? BOUNDS.length : bucket;
      known.buckets[index] = (known.buckets[index] ?? 0) + 1;
      known.count++;
      known.sum += seconds;
      known.min = Math.min(known.min, seconds);
      known.max = Math.max(known.max, seconds);
    },
    take(now) {
      const times = { startTimeUnixNano: nanoseconds(since), timeUnixNano: nanoseconds(now) };
      const metrics: Metric[] = [];
      for (const name of Object.keys(COUNTERS) as CounterName[]) {
        const dataPoints = [...counts.values()]
          .filter((one) => one.name === name)
          .map(({ values, count }) => ({
            ...times,
            attributes: [...attributes(values), rate],
            asInt: String(count),
          }));
        const sum = { aggregationTemporality: DELTA, isMonotonic: true, dataPoints } as const;
        if (dataPoints.length > 0) metrics.push({ name, ...COUNTERS[name], sum });
      }
      const points = [...recoveries.values()].map(({ values, count, sum, min, max, buckets }) => ({
        ...times,
        ...{ attributes: [...attributes(values), rate], count: String(count), sum, min, max },
        ...{ bucketCounts: buckets.map(String), explicitBounds: BOUNDS },
      }));
      if (points.length > 0)
        metrics.push({
          name: RECOVERY,
          description: "From the loss until there was a connection again",
          unit: "s",
          histogram: { aggregationTemporality: DELTA, dataPoints: points },
        });
      since = now;
      counts = new Map();
      recoveries = new Map();
      return metrics;
    },
  };
}

const newRecoveries = (values: Attributes): Recoveries => ({
  ...{ values, count: 0, sum: 0, min: Infinity, max: 0 },
  buckets: new Array<number>(BOUNDS.length + 1).fill(0),
});
