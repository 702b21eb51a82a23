/** How long a hub connection, or a page, was without a connection that the app wanted. */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { downtimesOf } from "./downtimes-of.ts";
import { foundLost } from "./found-lost.ts";
import type { Downtime, HubConnectionModel } from "./types.ts";

/** A frozen or silenced connection is lost later than messages stopped: that earlier time counts. */
export const downFrom = (one: Downtime): EpochMilliseconds =>
  one.kind === "interruption" ? (one.silentFrom ?? one.from) : one.from;

/** @param now the end of spans that are still open */
export const downFor = (one: Downtime, now: EpochMilliseconds): Milliseconds =>
  (one.until ?? now) - downFrom(one);

export interface Gap {
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds;
}

/** The union of the spans: overlapping and adjacent ones are merged. In order of time. */
export function union(spans: readonly Gap[]): Gap[] {
  const merged: { from: EpochMilliseconds; until: EpochMilliseconds }[] = [];
  for (const { from, until } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else merged.push({ from, until });
  }
  return merged;
}

/** The parts of `spans` outside of `others`. Both must be results of `union`. */
export function without(spans: readonly Gap[], others: readonly Gap[]): Gap[] {
  const left: Gap[] = [];
  let i = 0;
  for (const { from, until } of spans) {
    let begin = from;
    while (i < others.length && (others[i]?.until ?? 0) <= begin) i++;
    for (let j = i; j < others.length && begin < until; j++) {
      const other = others[j];
      if (!other || other.from >= until) break;
      if (other.from > begin) left.push({ from: begin, until: other.from });
      begin = Math.max(begin, other.until);
    }
    if (begin < until) left.push({ from: begin, until });
  }
  return left;
}

export const lengthOf = (gaps: readonly Gap[]): Milliseconds =>
  gaps.reduce((sum, { from, until }) => sum + until - from, 0);

/** @param now the end of spans that are still open */
export const gapsOf = (hub: HubConnectionModel, now: EpochMilliseconds): Gap[] =>
  union([
    ...downtimesOf(hub).map((one) => ({ from: downFrom(one), until: one.until ?? now })),
    ...[foundLost(hub) ?? []].flat().map(({ from, until }) => ({ from, until: until ?? now })),
  ]);

export const downOf = (hub: HubConnectionModel, now: EpochMilliseconds): Milliseconds =>
  lengthOf(gapsOf(hub, now));

/** How long connections of a page were down. A page with at least one connection is not down. */
export interface PageDowntime {
  /** At least one of them was down. */
  readonly any: Milliseconds;
  /** One was down, and none was up. */
  readonly all: Milliseconds;
}

export function pageDowntime(hubs: readonly HubConnectionModel[], now: EpochMilliseconds): PageDowntime {
  const gaps = hubs.map((hub) => gapsOf(hub, now));
  const any = union(gaps.flat());
  const up = hubs.flatMap(({ states }, i) => {
    const connected = states
      .filter(({ state }) => state === "connected")
      .map(({ from, until }): Gap => ({ from, until: until ?? now }));
    return without(union(connected), gaps[i] ?? []);
  });
  return { any: lengthOf(any), all: lengthOf(without(any, union(up))) };
}

/** The figures to show, with their meaning. */
export function downtimeFigures(
  hubs: readonly HubConnectionModel[],
  now: EpochMilliseconds,
): { readonly value: Milliseconds; readonly meaning: string }[] {
  const { any, all } = pageDowntime(hubs, now);
  if (hubs.length <= 1) return [{ value: any, meaning: "without a connection" }];
  return [
    { value: any, meaning: "with at least one connection down" },
    ...(any > 0 ? [{ value: all, meaning: "with no connection up" }] : []),
  ];
}
