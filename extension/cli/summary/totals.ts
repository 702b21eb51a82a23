/** Adds up what the recordings of a folder say. */
import { CAUSE_TITLE } from "../../core/diagnosis/titles.ts";
import type { CauseName } from "../../core/diagnosis/verdict.ts";
import type { EpochMilliseconds, Milliseconds } from "../../core/units.ts";
import type { Loss, RecordingFacts } from "./recording-facts.ts";

/** Of the losses that were recovered. null: there were none. */
export interface Recovery {
  readonly p50: Milliseconds;
  readonly p95: Milliseconds;
  readonly p99: Milliseconds;
  readonly longest: Milliseconds;
}

interface Losses {
  readonly losses: number;
  readonly recovered: number;
  readonly lost: number;
  readonly unknown: number;
  readonly recovery: Recovery | null;
}

/** As `--json` prints it. Times are milliseconds. */
export interface Totals extends Losses {
  readonly recordings: number;
  readonly damaged: number;
  readonly unreadable: readonly { readonly file: string; readonly problem: string }[];
  readonly events: number;
  /** null: there is no recording. */
  readonly from: EpochMilliseconds | null;
  readonly to: EpochMilliseconds | null;
  /** How many of the losses are starts that failed. */
  readonly failedStarts: number;
  /** Most frequent first. */
  readonly causes: readonly (Losses & { readonly cause: string; readonly title: string })[];
  /** Longest without a connection first. */
  readonly hubs: readonly (Losses & {
    readonly url: string;
    readonly connections: number;
    readonly connected: Milliseconds;
    readonly disconnected: Milliseconds;
  })[];
  /** Longest without a connection first. */
  readonly worst: readonly {
    readonly file: string;
    readonly losses: number;
    readonly lost: number;
    readonly disconnected: Milliseconds;
  }[];
}

const WORST = 10;
/** Causes that are counted by their titles. */
const TOLD_APART: readonly string[] = ["injected", "start-failed"] satisfies CauseName[];
/** What stands for the titles of a cause, if it has had several. */
const TITLES: ReadonlyMap<string, string> = new Map(Object.entries(CAUSE_TITLE));

export interface Summing {
  add(facts: RecordingFacts): void;
  totals(): Totals;
}

interface Tally {
  readonly times: Milliseconds[];
  lost: number;
  unknown: number;
}

const newTally = (): Tally => ({ times: [], lost: 0, unknown: 0 });

function count(tally: Tally, { end, lasted }: Loss): void {
  if (end === "recovered") tally.times.push(lasted);
  else tally[end]++;
}

const lossesOf = ({ times, lost, unknown }: Tally): Losses => ({
  ...{ losses: times.length + lost + unknown, recovered: times.length, lost, unknown },
  recovery: recoveryOf(times),
});

export function createSumming(): Summing {
  const all = newTally();
  const causes = new Map<string, Tally & { readonly cause: string; title: string }>();
  const hubs = new Map<string, Tally & { connections: number; connected: number; disconnected: number }>();
  const unreadable: { file: string; problem: string }[] = [];
  let worst: Totals["worst"][number][] = [];
  let [recordings, damaged, events, failedStarts] = [0, 0, 0, 0];
  let [from, to] = [Infinity, -Infinity];

  const hubAt = (url: string): typeof hubs extends Map<string, infer Hub> ? Hub : never => {
    const known = hubs.get(url) ?? { ...newTally(), connections: 0, connected: 0, disconnected: 0 };
    hubs.set(url, known);
    return known;
  };

  return {
    add(facts) {
      if (facts.problem !== null) {
        unreadable.push(facts);
        return;
      }
      recordings++;
      events += facts.events;
      if (facts.isDamaged) damaged++;
      if (facts.from < from) from = facts.from;
      if (facts.to > to) to = facts.to;
      for (const { url, connected, disconnected } of facts.hubs) {
        const hub = hubAt(url);
        hub.connections++;
        hub.connected += connected;
        hub.disconnected += disconnected;
      }
      for (const loss of facts.losses) {
        // What was injected and why a start has failed is told apart, as in a report.
        const key = TOLD_APART.includes(loss.cause) ? `${loss.cause} ${loss.title}` : loss.cause;
        const cause = causes.get(key) ?? { ...newTally(), cause: loss.cause, title: loss.title };
        if (cause.title !== loss.title) cause.title = TITLES.get(loss.cause) ?? cause.title;
        causes.set(key, cause);
        const hub = hubAt(loss.url);
        for (const tally of [all, cause, hub]) count(tally, loss);
        if (loss.kind === "failed-start") failedStarts++;
      }
      if (facts.losses.length === 0 && facts.disconnected === 0) return;
      worst.push({
        file: facts.file,
        losses: facts.losses.length,
        lost: facts.losses.filter(({ end }) => end === "lost").length,
        disconnected: facts.disconnected,
      });
      if (worst.length > 20 * WORST) worst = worstOf(worst);
    },
    totals: () => ({
      ...{ recordings, damaged, events, failedStarts },
      unreadable: unreadable
        .map(({ file, problem }) => ({ file, problem }))
        .sort((a, b) => compare(a.file, b.file)),
      from: recordings === 0 ? null : from,
      to: recordings === 0 ? null : to,
      ...lossesOf(all),
      causes: [...causes]
        .map(([, tally]) => ({ cause: tally.cause, title: tally.title, ...lossesOf(tally) }))
        .sort((a, b) => b.losses - a.losses || compare(a.cause, b.cause)),
      hubs: [...hubs]
        .map(([url, hub]) => ({
          ...{ url, connections: hub.connections, connected: hub.connected, disconnected: hub.disconnected },
          ...lossesOf(hub),
        }))
        .sort((a, b) => b.disconnected - a.disconnected || compare(a.url, b.url)),
      worst: worstOf(worst),
    }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const worstOf = (all: readonly Totals["worst"][number][]): Totals["worst"][number][] =>
  [...all].sort((a, b) => b.disconnected - a.disconnected || compare(a.file, b.file)).slice(0, WORST);

/** By nearest rank: each is a time that was measured. */
function recoveryOf(times: readonly Milliseconds[]): Recovery | null {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): Milliseconds => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return sorted.length === 0
    ? null
    : { p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: sorted.at(-1) ?? 0 };
}
