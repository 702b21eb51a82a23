import type { Milliseconds } from "../units.ts";

export interface TokenBucket {
  /** Takes as many as there are, at most `count`. */
  take(count: number, t: Milliseconds): number;
}

/** Ten times a tenth is a little less than one. */
const ROUNDING = 1e-9;

/** It holds `burst` tokens, full at first, and is filled evenly at the rate. */
export function createTokenBucket(perSecond: number, burst: number): TokenBucket {
  let level = burst;
  let filledAt: Milliseconds = 0;
  return {
    take(count, t) {
      level = Math.min(burst, level + ((t - filledAt) * perSecond) / 1_000);
      filledAt = t;
      const taken = Math.min(count, Math.floor(level + ROUNDING));
      level -= taken;
      return taken;
    },
  };
}
