/** What happens in a simulation is written down here, in the order of time. */
import type { Milliseconds } from "../units.ts";
import { resultOf, SHARES, type HerdResult, type Refusal } from "./herd-result.ts";
import { createSeries, type HerdColumn } from "./herd-series.ts";

const SECOND: Milliseconds = 1_000;

export interface HerdRecord {
  /** What follows happens at this time. */
  begin(t: Milliseconds): void;
  attempts(count: number): void;
  refused(by: Refusal, count: number): void;
  lost(count: number): void;
  connected(count: number): void;
  gaveUp(count: number): void;
  policyEnded(count: number): void;
  /** Clients that are yet to be lost, to be connected or to give up. */
  unsettled(): number;
  settledShare(): number;
  result(stopped: HerdResult["stopped"]): HerdResult;
}

/** @param lost how many will lose their connection */
export function createRecord(clients: number, lost: number): HerdRecord {
  const series = createSeries();
  let now: Milliseconds = 0;
  let end: Milliseconds = 0;
  let bucket = 0;
  const add = (column: HerdColumn, count: number): void => {
    if (count === 0) return;
    const counts = series.columns[column];
    counts[bucket] = (counts[bucket] ?? 0) + count;
    end = now;
  };

  let back = 0;
  let gone = 0;
  let ended = 0;
  const timeTo: Record<(typeof SHARES)[number], Milliseconds | null> = { 50: null, 95: null, 99: null };
  const peak = { attempts: 0, at: 0 };
  let second = 0;
  let inSecond = 0;

  return {
    begin(t) {
      now = t;
      bucket = series.at(t);
    },
    attempts(count) {
      add("attempts", count);
      if (now >= second + SECOND) {
        second = now - (now % SECOND);
        inSecond = 0;
      }
      inSecond += count;
      if (inSecond <= peak.attempts) return;
      peak.attempts = inSecond;
      peak.at = second;
    },
    refused: add,
    lost: (count) => {
      add("lost", count);
    },
    connected(count) {
      add("connected", count);
      back += count;
      for (const share of SHARES) if (back >= (lost * share) / 100) timeTo[share] ??= now;
    },
    gaveUp(count) {
      add("gaveUp", count);
      gone += count;
    },
    policyEnded(count) {
      ended += count;
    },
    unsettled: () => lost - back - gone,
    settledShare: () => (back + gone) / lost,
    result: (stopped) => resultOf({ clients, lost, series, end, policyEnded: ended, timeTo, peak, stopped }),
  };
}
