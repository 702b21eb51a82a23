/** What a loss has cost the app: what stateful reconnect would have saved. */
import { targetsCalled } from "../../model/not-repeated.ts";
import type { EpochMilliseconds } from "../../units.ts";
import { lostOf } from "./calls-in.ts";
import type { Lost } from "./history-parts.ts";

/** Calls within this time after a reconnect belong to it. */
const AFTER = 10_000;
/** Before that, it is too early to say that no call followed. */
const PATIENCE = 3_000;

/** Whether calls, messages or groups were lost. What needs no look at the messages comes first: there may be thousands of losses. */
export const hadCost = (lost: Lost, now: EpochMilliseconds): boolean =>
  lostOf(lost.interruption, lost.hub.calls).length > 0 ||
  (missedIn(lost, now) ?? 0) > 0 ||
  (lost.interruption.notRepeated ?? []).length > 0;

/** null: it isn't known. */
export function missedIn({ hub, interruption }: Lost, now: EpochMilliseconds): number | null {
  const { from, until, missedEstimate, outcome } = interruption;
  if (until === null || (outcome !== "reconnected" && outcome !== "restarted")) return null;
  if (!hasNewId(interruption) || hub.circuit !== null) return null;
  if (now < until + PATIENCE) return null;
  if (targetsCalled(hub, Math.max(from, until - 1_000), until + AFTER).size > 0) return 0;
  return missedEstimate;
}

export const hasNewId = ({ connectionIdBefore, connectionIdAfter }: Lost["interruption"]): boolean =>
  connectionIdBefore !== null && connectionIdAfter !== null && connectionIdBefore !== connectionIdAfter;

/** The connection came back. */
export const isBack = ({ interruption: { outcome } }: Lost): boolean =>
  outcome === "reconnected" || outcome === "restarted" || outcome === "resumed";
