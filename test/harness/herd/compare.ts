/** The curve of a real run beside those of the simulation with the same parameters. */
import type { HerdInput } from "../../../extension/core/herd/herd-input.ts";
import { simulate } from "../../../extension/core/herd/simulate.ts";
import type { RealTimes } from "./real-clients.ts";

export interface Comparison {
  /** The largest vertical distance between the real curve of the share connected and the mean of the simulated ones. */
  readonly distance: number;
  /** Until that share of the clients was connected again, in milliseconds: real, and the mean of the simulations. */
  readonly half: Pair;
  readonly most: Pair;
  readonly gaveUp: Pair;
  readonly input: HerdInput;
}

interface Pair {
  readonly real: number;
  readonly simulated: number;
}

export interface Conditions {
  readonly policy: HerdInput["policy"];
  readonly negotiates: NonNullable<HerdInput["negotiates"]>;
}

const SEEDS = 20;
const HORIZON = 600_000;

/** Everybody's times; with several processes, all together. */
export function compare(times: RealTimes, { policy, negotiates }: Conditions): Comparison {
  const clients = times.reconnectedAt.length + times.gaveUp;
  const began = times.lostAt.reduce((a, b) => Math.min(a, b), Infinity);
  const real = times.reconnectedAt.map((t) => t - began).sort((a, b) => a - b);
  const input: HerdInput = {
    clients,
    // Cutting many connections takes a moment.
    loss: {
      kind: "drained",
      over: quantile(
        times.lostAt.map((t) => t - began),
        0.95,
      ),
    },
    policy,
    restartAfter: null,
    restartTime: 0,
    negotiates,
    capacity: null,
    tokens: null,
    connectTime: { from: quantile(times.connects, 0.05), to: quantile(times.connects, 0.95) },
    refusalTime: quantile(times.refusals, 0.5),
    seed: 1,
    horizon: HORIZON,
  };
  const runs = Array.from({ length: SEEDS }, (_, i) => simulate({ ...input, seed: i + 1 }));
  const mean = (of: (run: (typeof runs)[number]) => number): number =>
    runs.reduce((sum, run) => sum + of(run), 0) / SEEDS;
  const end = Math.max(real.at(-1) ?? 0, ...runs.map((run) => run.end));
  let distance = 0;
  let reached = 0;
  for (let t = 0; t <= end; t += 100) {
    while (reached < real.length && (real[reached] ?? 0) < t + 100) reached++;
    const simulated = mean(
      ({ connected, width }) => connected[Math.min(Math.floor(t / width), connected.length - 1)] ?? 0,
    );
    distance = Math.max(distance, Math.abs(reached - simulated) / clients);
  }
  // Of those that reconnect at all: with a policy that gives up, never all.
  const back = Math.min(real.length, ...runs.map(({ totals }) => totals.connected));
  const time = (share: number): Pair => {
    const rank = Math.ceil(back * share);
    return { real: real[rank - 1] ?? NaN, simulated: mean((run) => timeOfRank(run, rank)) };
  };
  return {
    distance,
    half: time(0.5),
    most: time(0.99),
    gaveUp: { real: times.gaveUp, simulated: mean(({ totals }) => totals.gaveUp) },
    input,
  };
}

/** When so many are connected, to a tenth of a second. */
function timeOfRank({ connected, width }: ReturnType<typeof simulate>, rank: number): number {
  const bucket = connected.findIndex((count) => count >= rank);
  const before = connected[bucket - 1] ?? 0;
  const here = connected[bucket] ?? rank;
  return (bucket + (rank - before) / Math.max(1, here - before)) * width;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(1, Math.round(sorted[Math.floor(sorted.length * share)] ?? 1));
}

/** How much two figures differ, as a share of the real one. */
export const difference = ({ real, simulated }: Pair): number => Math.abs(simulated - real) / real;
