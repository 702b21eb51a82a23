/** Resilience scorecards that were kept to compare with: one for each page. As stored, and checked when read. Pure. */
import { isObject } from "../../../extension/core/is-object.ts";
import {
  POINTS,
  type PointId,
  type PointState,
} from "../../../extension/core/diagnosis/findings/guidance.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";

export interface Baseline {
  /** The page's address without a query. */
  readonly page: string;
  readonly at: EpochMilliseconds;
  readonly points: Readonly<Partial<Record<PointId, PointState>>>;
}

/** The one that was kept longest ago is forgotten first. */
const MAX_BASELINES = 50;
const MAX_LENGTH = 2_000;
const STATES: readonly string[] = [
  "met",
  "partly",
  "not-met",
  "not-tested",
  "not-applicable",
] satisfies PointState[];

const isState = (value: unknown): value is PointState => typeof value === "string" && STATES.includes(value);

export const readBaselines = (stored: unknown): readonly Baseline[] =>
  (Array.isArray(stored) ? (stored as readonly unknown[]) : [])
    .slice(0, MAX_BASELINES)
    .flatMap((one): Baseline[] => {
      if (!isObject(one)) return [];
      const { page, at, points } = one;
      if (typeof page !== "string" || page.length > MAX_LENGTH) return [];
      if (typeof at !== "number" || !Number.isFinite(at) || !isObject(points)) return [];
      const known = POINTS.flatMap((id): [PointId, PointState][] => {
        const state = points[id];
        return isState(state) ? [[id, state]] : [];
      });
      return [{ page, at, points: Object.fromEntries(known) }];
    });

/** @param baseline null: forgets it */
export function withBaseline(
  stored: unknown,
  page: string,
  baseline: Omit<Baseline, "page"> | null,
): readonly Baseline[] {
  const others = readBaselines(stored).filter((one) => one.page !== page);
  return (baseline === null ? others : [{ page, ...baseline }, ...others]).slice(0, MAX_BASELINES);
}
