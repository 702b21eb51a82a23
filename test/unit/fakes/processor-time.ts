/** What work costs, whatever else the machine does meanwhile. */
import { expect } from "vitest";
import type { Milliseconds } from "../../../extension/core/units.ts";

/** How much more text or data the larger piece of work has. */
const TIMES = 8;
/** Were it quadratic, the larger piece would take 64 times as long. Collecting garbage takes some time, too. */
const MOST = 32;
/** What takes less can't be told from what the engine does beside it. */
const LEAST: Milliseconds = 2;

/** Processor time of the work. */
function costOf(work: () => void): Milliseconds {
  const from = process.cpuUsage();
  work();
  return process.cpuUsage(from).user / 1_000;
}

/** Work of that size takes about eight times as long as an eighth of it, and not its square. */
export function expectLinear(work: (size: number) => void, size: number): void {
  // The first times are the engine's to learn in.
  const part = Math.min(...[1, 2, 3].map(() => costOf(() => work(Math.ceil(size / TIMES)))));
  const whole = costOf(() => work(size));
  expect(whole).toBeLessThan(Math.max(part, LEAST) * MOST);
}
