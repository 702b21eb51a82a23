/** What a loss has cost the app: what stateful reconnect would have saved. */
import { targetsCalled } from "../../model/not-repeated.ts";
import type { EpochMilliseconds } from "../../units.ts";
import { lostOf } from "./calls-in.ts";
import type { Lost } from "./history-parts.ts";

/** Calls within this time after a reconnect belong to it. */
const AFTER = 10_000;
/** Before that, it is too early to say that no call followed. */
const PATIENCE = 3_000;

export interface LossCost {
  readonly lostCalls: number;
  /** Estimate, and only if the app called nothing afterwards that could have fetched them. 0: none, or not known. */
  readonly missed: number;
  /** Methods of the first start that the app didn't call again with its new id. */
  readonly notRepeated: readonly string[];
}

export const costOf = (lost: Lost, now: EpochMilliseconds): LossCost => ({
  lostCalls: lostOf(lost.interruption.pending, lost.hub.calls).length,
  missed: missedIn(lost, now) ?? 0,
  notRepeated: lost.interruption.notRepeated ?? [],
});

/** null: it isn't known. */
export function missedIn({ hub, interruption }: Lost, now: EpochMilliseconds): number | null {
  const { until, missedEstimate, outcome } = interruption;
  if (until === null || (outcome !== "reconnected" && outcome !== "restarted")) return null;
  if (!hasNewId(interruption) || hub.circuit !== null) return null;
  if (now < until + PATIENCE) return null;
  if (targetsCalled(hub, until - 1_000, until + AFTER).size > 0) return 0;
  return missedEstimate;
}

export const hasNewId = ({ connectionIdBefore, connectionIdAfter }: Lost["interruption"]): boolean =>
  connectionIdBefore !== null && connectionIdAfter !== null && connectionIdBefore !== connectionIdAfter;

/** The connection came back. */
export const isBack = ({ interruption: { outcome } }: Lost): boolean =>
  outcome === "reconnected" || outcome === "restarted" || outcome === "resumed";
