/** The queue of a token service: one call after the other, each in the same time. */
import type { Milliseconds } from "../units.ts";

export interface TokenQueue {
  /** Calls of clients at the same step of their policy. */
  call(step: number, count: number, t: Milliseconds): void;
  /** Hands on the calls that are answered by now. */
  answer(t: Milliseconds, answered: (step: number, count: number) => void): void;
  /** When the next call is answered. Infinity: none waits. */
  next(): Milliseconds;
}

/** Sums of fractions of a millisecond are a little too large, or too small. */
const ROUNDING: Milliseconds = 1e-6;

/** Waiting calls are in a ring of groups, none of which is empty: there are never more groups than clients. */
export function createTokenQueue(perSecond: number, clients: number): TokenQueue {
  const each: Milliseconds = 1_000 / perSecond;
  const steps = new Int32Array(clients);
  const counts = new Int32Array(clients);
  let head = 0;
  let groups = 0;
  /** When the first waiting call is answered; without one, when the last was. */
  let answeredAt = 0;
  return {
    call(step, count, t) {
      if (groups === 0) answeredAt = Math.max(answeredAt, t) + each;
      const at = (head + groups) % clients;
      steps[at] = step;
      counts[at] = count;
      groups++;
    },
    answer(t, answered) {
      while (groups > 0 && answeredAt <= t + ROUNDING) {
        const step = steps[head] ?? 0;
        const waiting = counts[head] ?? 0;
        const due = Math.min(waiting, Math.floor((t + ROUNDING - answeredAt) / each) + 1);
        counts[head] = waiting - due;
        answeredAt += each * due;
        if (due === waiting) {
          head = (head + 1) % clients;
          groups--;
          if (groups === 0) answeredAt -= each;
        }
        answered(step, due);
      }
    },
    next: () => (groups === 0 ? Infinity : Math.ceil(answeredAt - ROUNDING)),
  };
}
