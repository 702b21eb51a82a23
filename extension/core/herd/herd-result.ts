/** What a simulation found: bounded in size, in typed arrays, so that a worker can hand it over. */
import type { Milliseconds } from "../units.ts";
import type { HerdSeries } from "./herd-series.ts";

/** What refused an attempt: the token service, a server that isn't back yet, the negotiate limit, the connection limit. */
export const REFUSALS = ["token", "restart", "negotiate", "capacity"] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Percent of the lost clients. */
export const SHARES = [50, 95, 99] as const;

/** Counts of each bucket. */
type Counts = Float64Array<ArrayBuffer>;

export interface HerdResult {
  readonly clients: number;
  /** How many of them lost their connection. */
  readonly lost: number;
  /** Length of a bucket. Bucket i is the time from i × width on. */
  readonly width: Milliseconds;
  /** Attempts that began in the bucket, and those of them that were refused. */
  readonly attempts: Counts;
  readonly refused: Readonly<Record<Refusal, Counts>>;
  /** Clients at the end of the bucket: connected, trying to be, given up for good. Their sum is always `clients`. */
  readonly connected: Counts;
  readonly waiting: Counts;
  readonly gaveUp: Counts;
  readonly totals: {
    readonly attempts: number;
    readonly refused: Readonly<Record<Refusal, number>>;
    readonly connected: number;
    readonly waiting: number;
    readonly gaveUp: number;
    /** Clients whose policy gave up, whether or not the app called start() again. */
    readonly policyEnded: number;
  };
  /** Until so many percent of the lost clients are connected again. null: they never are. */
  readonly timeTo: Readonly<Record<(typeof SHARES)[number], Milliseconds | null>>;
  /** The second with the most attempts. */
  readonly peak: { readonly attempts: number; readonly at: Milliseconds };
  /** When the last thing happened. */
  readonly end: Milliseconds;
  /** Why it ended before every client was connected or had given up: its time, or its number of attempts. null: it didn't. */
  readonly stopped: "horizon" | "attempts" | null;
}

interface Found extends Pick<HerdResult, "clients" | "lost" | "timeTo" | "end" | "peak" | "stopped"> {
  readonly series: HerdSeries;
  readonly policyEnded: number;
}

export function resultOf({ series, policyEnded, ...found }: Found): HerdResult {
  const { clients, end } = found;
  const { columns, width } = series;
  const length = Math.floor(end / width) + 1;
  const cut = (counts: Counts): Counts => counts.slice(0, length);
  const lost = summed(cut(columns.lost));
  const back = summed(cut(columns.connected));
  const gaveUp = summed(cut(columns.gaveUp));
  const connected = back.map((count, i) => clients - (lost[i] ?? 0) + count);
  const waiting = connected.map((count, i) => clients - count - (gaveUp[i] ?? 0));
  const attempts = cut(columns.attempts);
  const refused = {
    token: cut(columns.token),
    restart: cut(columns.restart),
    negotiate: cut(columns.negotiate),
    capacity: cut(columns.capacity),
  };
  return {
    ...found,
    width,
    attempts,
    refused,
    connected,
    waiting,
    gaveUp,
    totals: {
      attempts: sum(attempts),
      refused: {
        token: sum(refused.token),
        restart: sum(refused.restart),
        negotiate: sum(refused.negotiate),
        capacity: sum(refused.capacity),
      },
      connected: connected.at(-1) ?? clients,
      waiting: waiting.at(-1) ?? 0,
      gaveUp: gaveUp.at(-1) ?? 0,
      policyEnded,
    },
  };
}

const sum = (counts: Counts): number => counts.reduce((total, count) => total + count, 0);

function summed(counts: Counts): Counts {
  let total = 0;
  return counts.map((count) => (total += count));
}
