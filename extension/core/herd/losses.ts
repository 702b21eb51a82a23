/** Who loses the connection when. */
import type { Milliseconds } from "../units.ts";
import type { HerdLoss } from "./herd-input.ts";

export interface Losses {
  readonly total: number;
  /** When the next client is lost. Infinity: all are. */
  next(): Milliseconds;
  /** How many are lost at `t`. */
  take(t: Milliseconds): number;
}

export function createLosses(loss: HerdLoss, clients: number): Losses {
  const total = loss.kind === "region" ? Math.round(clients * loss.share) : clients;
  const over = loss.kind === "drained" ? loss.over : 0;
  let lost = 0;
  const next = (): Milliseconds => (lost < total ? Math.floor((lost * over) / total) : Infinity);
  return {
    total,
    next,
    take(t) {
      let count = 0;
      if (over === 0) count = total - lost;
      else while (lost + count < total && Math.floor(((lost + count) * over) / total) <= t) count++;
      lost += count;
      return count;
    },
  };
}
