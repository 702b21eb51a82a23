/** The attempts of one millisecond, counted by the step of their clients' policy. */
import { chance } from "./random.ts";

/** Clients at the same step. */
export type OnGroup = (step: number, count: number) => void;

export interface Groups {
  add(step: number, count: number): void;
  total(): number;
  /** Keeps `available` of them, chosen at random, and hands out the others. */
  keep(available: number, random: Int32Array, left: OnGroup): void;
  /** Hands out all. */
  empty(left: OnGroup): void;
}

export function createGroups(steps: number): Groups {
  const counts = new Int32Array(steps);
  /** The steps that are in it. */
  const present = new Int32Array(steps);
  let length = 0;
  let total = 0;
  const empty = (left: OnGroup): void => {
    for (let i = 0; i < length; i++) {
      const step = present[i] ?? 0;
      const count = counts[step] ?? 0;
      counts[step] = 0;
      if (count > 0) left(step, count);
    }
    length = 0;
    total = 0;
  };
  return {
    add(step, count) {
      if (count === 0) return;
      const before = counts[step] ?? 0;
      if (before === 0) present[length++] = step;
      counts[step] = before + count;
      total += count;
    },
    total: () => total,
    keep(available, random, left) {
      if (available >= total) return;
      if (available === 0) {
        empty(left);
        return;
      }
      let free = available;
      let others = total;
      for (let i = 0; i < length; i++) {
        const step = present[i] ?? 0;
        const count = counts[step] ?? 0;
        others -= count;
        const wanted = (free * count) / (others + count);
        const rounded = Math.floor(wanted + chance(random));
        const kept = Math.max(free - others, Math.min(count, free, rounded));
        counts[step] = kept;
        free -= kept;
        if (kept < count) left(step, count - kept);
      }
      total = available;
    },
    empty,
  };
}
