/** A limit of negotiates, as .NET's TokenBucketRateLimiter with a period of 100 ms. */
export interface NegotiateLimit {
  /** Whether there is room for one more. */
  takes(): boolean;
}

const PERIOD_MILLISECONDS = 100;

export function createNegotiateLimit(perSecond: number, burst: number): NegotiateLimit {
  let left = burst;
  let filledAt = performance.now();
  return {
    takes() {
      const periods = Math.floor((performance.now() - filledAt) / PERIOD_MILLISECONDS);
      filledAt += periods * PERIOD_MILLISECONDS;
      left = Math.min(burst, left + (periods * perSecond * PERIOD_MILLISECONDS) / 1_000);
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}
