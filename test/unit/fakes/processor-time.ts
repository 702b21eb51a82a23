/** Measures the cost of work in processor time, independent of other load on the machine. */
import { expect } from "vitest";
import type { Milliseconds } from "../../../extension/core/units.ts";

/** The ratio of the sizes of the larger and the smaller piece of work. */
const TIMES = 8;
/**
 * Maximum ratio of the times. Quadratic work would take 64 times as long; linear work takes 8 times, and some time for
 * garbage collection.
 */
const MOST = 32;
/** Shorter times can't be measured reliably. */
const LEAST: Milliseconds = 2;

/** The processor time that the work takes. */
function costOf(work: () => void): Milliseconds {
  const from = process.cpuUsage();
  work();
  return process.cpuUsage(from).user / 1_000;
}

/** Checks that the time of the work grows about linearly with its size, not quadratically. */
export function expectLinear(work: (size: number) => void, size: number): void {
  // The first runs only warm up the JavaScript engine.
  const part = Math.min(...[1, 2, 3].map(() => costOf(() => work(Math.ceil(size / TIMES)))));
  const whole = costOf(() => work(size));
  expect(whole).toBeLessThan(Math.max(part, LEAST) * MOST);
}
