/** Inputs of the simulation for tests: one to start from, and any. */
import fc from "fast-check";
import type { HerdInput, HerdPolicy } from "../../../../extension/core/herd/herd-input.ts";

export const fixed = (
  delay: number,
  more: Partial<Extract<HerdPolicy, { kind: "fixed" }>> = {},
): HerdPolicy => ({
  kind: "fixed",
  delay,
  attempts: null,
  jitter: "none",
  ...more,
});

export const list = (
  delays: readonly number[],
  more: Partial<Extract<HerdPolicy, { kind: "list" }>> = {},
): HerdPolicy => ({ kind: "list", delays, then: "give-up", jitter: "none", ...more });

/** A thousand clients lost at once; nothing is limited. */
export const herd = (more: Partial<HerdInput> = {}): HerdInput => ({
  clients: 1_000,
  loss: { kind: "at-once" },
  policy: list([0, 2_000, 10_000, 30_000]),
  restartAfter: null,
  restartTime: 0,
  negotiates: null,
  capacity: null,
  tokens: null,
  connectTime: { from: 100, to: 100 },
  refusalTime: 50,
  seed: 1,
  horizon: 3_600_000,
  ...more,
});

const jitter = fc.constantFrom("none", "full", "equal");
const attempts = fc.option(fc.integer({ min: 1, max: 6 }));
const delay = fc.integer({ min: 0, max: 20_000 });

const policy: fc.Arbitrary<HerdPolicy> = fc.oneof(
  fc.record({
    kind: fc.constant("list"),
    delays: fc.array(delay, { maxLength: 5 }),
    then: fc.constantFrom("give-up", "repeat"),
    jitter,
  }),
  fc.record({ kind: fc.constant("fixed"), delay, attempts, jitter }),
  fc.record({
    kind: fc.constant("exponential"),
    base: fc.integer({ min: 100, max: 1_000 }),
    cap: fc.integer({ min: 1_000, max: 20_000 }),
    attempts,
    jitter,
  }),
);

export const anyHerd: fc.Arbitrary<HerdInput> = fc.record({
  clients: fc.integer({ min: 1, max: 500 }),
  loss: fc.oneof(
    fc.constant({ kind: "at-once" as const }),
    fc.record({ kind: fc.constant("drained"), over: fc.integer({ min: 1, max: 60_000 }) }),
    fc.record({ kind: fc.constant("region"), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ),
  policy,
  restartAfter: fc.option(fc.integer({ min: 1, max: 20_000 })),
  restartTime: fc.integer({ min: 0, max: 30_000 }),
  negotiates: fc.option(
    fc.record({ perSecond: fc.integer({ min: 1, max: 200 }), burst: fc.integer({ min: 1, max: 100 }) }),
  ),
  capacity: fc.option(fc.integer({ min: 0, max: 600 })),
  tokens: fc.option(
    fc.record({
      perSecond: fc.integer({ min: 1, max: 200 }),
      overload: fc.constantFrom("queue", "refuse"),
    }),
  ),
  connectTime: fc.integer({ min: 1, max: 500 }).map((from) => ({ from, to: from + 300 })),
  refusalTime: fc.integer({ min: 1, max: 500 }),
  seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  horizon: fc.integer({ min: 1_000, max: 120_000 }),
});
