/** The curve of a real run beside those of the simulation with the same parameters. */
import type { HerdInput } from "../../../extension/core/herd/herd-input.ts";
import { simulate } from "../../../extension/core/herd/simulate.ts";
import type { RealTimes } from "./real-clients.ts";

export interface Comparison {
  /** The largest vertical distance between the real curve of the share connected and the mean of the simulated ones, once all are lost. */
  readonly distance: number;
  /** Until 50 and 99 % were connected again, in milliseconds: real, and the mean of the simulations. null: not so many were. */
  readonly half: Pair | null;
  readonly most: Pair | null;
  readonly gaveUp: Pair;
  readonly input: HerdInput;
}

export interface Pair {
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
  // Before that, the curve shows how the connections are cut, not how they come back.
  const allLost = Math.ceil(times.lostAt.reduce((a, b) => Math.max(a, b), 0) / 100 - began / 100) * 100;
  let distance = 0;
  for (let t = allLost, back = 0; t <= end; t += 100) {
    while (back < real.length && (real[back] ?? 0) < t + 100) back++;
    const simulated = mean(
      ({ connected, width }) => connected[Math.min(Math.floor(t / width), connected.length - 1)] ?? 0,
    );
    distance = Math.max(distance, Math.abs(back - simulated) / clients);
  }
  const time = (share: 50 | 99): Pair | null => {
    const own = real[Math.ceil((clients * share) / 100) - 1];
    if (own === undefined || runs.some(({ timeTo }) => timeTo[share] === null)) return null;
    return { real: own, simulated: mean(({ timeTo }) => timeTo[share] ?? NaN) };
  };
  return {
    distance,
    half: time(50),
    most: time(99),
    gaveUp: { real: times.gaveUp, simulated: mean(({ totals }) => totals.gaveUp) },
    input,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(1, Math.round(sorted[Math.floor(sorted.length * share)] ?? 1));
}

/** How much two figures differ, as a share of the real one. */
export const difference = ({ real, simulated }: Pair): number => Math.abs(simulated - real) / real;
