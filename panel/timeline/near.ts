/** Finds the span at a time. Pure. */

/** Marks react within this distance in pixels. */
export const REACH = 4;

export interface Ranged {
  readonly from: number;
  readonly until: number | null;
}

/** The span at `t`, or the closest within reach. */
export function near<S extends Ranged>(spans: readonly S[], t: number, reach: number, now: number): S | null {
  let best: S | null = null;
  let distance = reach;
  for (const span of spans) {
    const until = span.until ?? now;
    const d = t < span.from ? span.from - t : t > until ? t - until : 0;
    if (d < distance || (d === 0 && best !== null && until - span.from < (best.until ?? now) - best.from)) {
      best = span;
      distance = d;
    }
  }
  return best;
}
