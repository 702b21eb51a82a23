/** Metrics of a hub connection: sums and histograms over the whole recording. */
import { verdictOf } from "../core/diagnosis/diagnose.ts";
import { downtimesOf } from "../core/model/downtimes-of.ts";
import type { Downtime, HubConnectionModel } from "../core/model/types.ts";
import type { Direction } from "../core/protocol/terms.ts";
import type { EpochMilliseconds, Milliseconds } from "../core/units.ts";
import { hasRecovered } from "../core/model/recovery.ts";
import { hubAttributes, transportAttribute } from "./hub-attributes.ts";
import { CUMULATIVE, type HistogramPoint, type Metric, type NumberPoint } from "./types.ts";
import { attributes, nanoseconds, type Attributes } from "./values.ts";

/** In seconds, as the semantic conventions have it for SignalR. */
const BOUNDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

const DIRECTIONS: readonly Direction[] = ["in", "out"];

export interface TimeRange {
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
}

export function metricsOf(hub: HubConnectionModel, range: TimeRange): Metric[] {
  const own = { ...hubAttributes(hub), ...transportAttribute(hub.transport) };
  const toward = (direction: Direction): Attributes => ({ ...own, "hubscope.direction": direction });
  const downtimes = downtimesOf(hub);
  const { totals } = hub;
  return [
    sum(
      { name: "hubscope.messages", description: "Hub messages, pings included", unit: "{message}" },
      DIRECTIONS.map((direction) => point(range, toward(direction), totals[direction].messages)),
    ),
    sum(
      { name: "hubscope.message.size", description: "Bytes of hub messages", unit: "By" },
      DIRECTIONS.map((direction) => point(range, toward(direction), totals[direction].bytes)),
    ),
    sum(
      {
        name: "hubscope.interruptions",
        description: "Interruptions and failed starts, by cause",
        unit: "{interruption}",
      },
      byCause(downtimes).map(({ count, values }) => point(range, { ...own, ...values }, count)),
    ),
    histogram("hubscope.recovery.duration", "From the loss until there was a connection again", [
      histogramPoint(range, own, recoveryTimes(downtimes)),
    ]),
    histogram(
      "hubscope.call.duration",
      "From an invocation to its completion",
      DIRECTIONS.map((direction) => histogramPoint(range, toward(direction), callTimes(hub, direction))),
    ),
  ].flatMap((metric) => metric ?? []);
}

function byCause(downtimes: readonly Downtime[]): { count: number; readonly values: Attributes }[] {
  const found = new Map<string, { count: number; readonly values: Attributes }>();
  for (const one of downtimes) {
    const { cause, confidence } = verdictOf(one);
    const values = {
      "hubscope.cause": cause,
      "hubscope.confidence": confidence,
      "hubscope.injected": one.faults.length > 0,
      "hubscope.kind": one.kind,
    };
    const key = JSON.stringify(values);
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { count: 1, values });
  }
  return [...found.values()];
}

function* recoveryTimes(downtimes: readonly Downtime[]): Generator<Milliseconds> {
  for (const one of downtimes)
    if (hasRecovered(one) && one.until !== null) yield Math.max(0, one.until - one.from);
}

function* callTimes({ calls }: HubConnectionModel, wanted: Direction): Generator<Milliseconds> {
  for (const { direction, fate, stream, endedAt, sentAt } of calls)
    if (direction === wanted && fate === "completed" && !stream && endedAt !== null)
      yield Math.max(0, endedAt - sentAt);
}

const timesOf = ({ from, to }: TimeRange) => ({
  startTimeUnixNano: nanoseconds(from),
  timeUnixNano: nanoseconds(to),
});

const point = (range: TimeRange, values: Attributes, count: number): NumberPoint => ({
  ...timesOf(range),
  attributes: attributes(values),
  asInt: String(Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, Math.round(count)))),
});

const sum = (
  about: Pick<Metric, "name" | "description" | "unit">,
  dataPoints: readonly NumberPoint[],
): Metric | null =>
  dataPoints.length === 0
    ? null
    : { ...about, sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints } };

function histogram(
  name: string,
  description: string,
  points: readonly (HistogramPoint | null)[],
): Metric | null {
  const dataPoints = points.flatMap((one) => one ?? []);
  if (dataPoints.length === 0) return null;
  return { name, description, unit: "s", histogram: { aggregationTemporality: CUMULATIVE, dataPoints } };
}

function histogramPoint(
  range: TimeRange,
  values: Attributes,
  durations: Iterable<Milliseconds>,
): HistogramPoint | null {
  const buckets = new Array<number>(BOUNDS.length + 1).fill(0);
  let [count, total, min, max] = [0, 0, Infinity, 0];
  for (const duration of durations) {
    const seconds = duration / 1_000;
    const bucket = BOUNDS.findIndex((bound) => seconds <= bound);
    const index = bucket < 0 ? BOUNDS.length : bucket;
    buckets[index] = (buckets[index] ?? 0) + 1;
    count++;
    total += seconds;
    min = Math.min(min, seconds);
    max = Math.max(max, seconds);
  }
  if (count === 0) return null;
  return {
    ...timesOf(range),
    attributes: attributes(values),
    count: String(count),
    sum: total,
    min,
    max,
    bucketCounts: buckets.map(String),
    explicitBounds: BOUNDS,
  };
}
