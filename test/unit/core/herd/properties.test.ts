import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../../../extension/core/herd/policy-table.ts";
import { REFUSALS } from "../../../../extension/core/herd/herd-result.ts";
import { readHerd } from "../../../../extension/core/herd/read-herd.ts";
import { simulate } from "../../../../extension/core/herd/simulate.ts";
import { anyHerd, fixed, herd, list } from "./any-herd.ts";

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

describe("any herd", () => {
  it("keeps every client: connected, waiting or given up, in every bucket", () => {
    fc.assert(
      fc.property(anyHerd, (input) => {
        const { clients, connected, waiting, gaveUp, totals, attempts, refused } = simulate(input);
        for (const [i, count] of connected.entries()) {
          expect(Math.min(count, waiting[i]!, gaveUp[i]!)).toBeGreaterThanOrEqual(0);
          expect(count + waiting[i]! + gaveUp[i]!).toBe(clients);
        }
        expect(totals.connected + totals.waiting + totals.gaveUp).toBe(clients);
        expect(sum(attempts)).toBe(totals.attempts);
        for (const [i, count] of attempts.entries())
          if (input.tokens?.overload !== "queue")
            expect(sum(REFUSALS.map((by) => refused[by][i]!))).toBeLessThanOrEqual(count);
      }),
    );
  });

  it("is the same every time", () => {
    fc.assert(
      fc.property(anyHerd, (input) => {
        expect(simulate(input)).toEqual(simulate(input));
      }),
    );
  });

  it("makes no attempt before its delay", () => {
    fc.assert(
      fc.property(anyHerd, (any) => {
        const input = { ...any, loss: { kind: "at-once" }, tokens: null } as const;
        const { attempts, width, clients } = simulate(input);
        const { steps, first } = tableOf(input.policy, input.restartAfter);
        let made = 0;
        let possible = 0;
        let step = first;
        let at = step === null ? Infinity : steps[step]!.least;
        for (const [i, count] of attempts.entries()) {
          made += count;
          for (; at < (i + 1) * width && step !== null; possible++) {
            step = steps[step]!.next;
            at += input.refusalTime + (step === null ? 0 : steps[step]!.least);
          }
          expect(made).toBeLessThanOrEqual(clients * possible);
        }
      }),
    );
  });

  it("never connects more than are allowed", () => {
    fc.assert(
      fc.property(anyHerd, (any) => {
        const input = { ...any, loss: { kind: "at-once" } } as const;
        const { connected, width } = simulate(input);
        for (const [i, count] of connected.entries()) {
          const { capacity, negotiates, restartTime } = input;
          if (capacity !== null) expect(count).toBeLessThanOrEqual(capacity);
          const end = (i + 1) * width;
          if (negotiates)
            expect(count).toBeLessThanOrEqual(negotiates.burst + (negotiates.perSecond * end) / 1_000);
          if (end <= restartTime) expect(count).toBe(0);
        }
      }),
    );
  });

  it("is valid input", () => {
    fc.assert(
      fc.property(anyHerd, (input) => {
        expect(readHerd(input)).toEqual({ ok: true, input });
      }),
    );
  });

  it("is never slower with a higher rate, if there is no jitter", () => {
    fc.assert(
      fc.property(
        anyHerd,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 400 }),
        (any, rate, more) => {
          const at = (perSecond: number) =>
            simulate({
              ...any,
              loss: { kind: "at-once" },
              policy: { ...any.policy, jitter: "none" },
              tokens: null,
              connectTime: { from: 100, to: 100 },
              negotiates: { perSecond, burst: 20 },
            });
          const slow = at(rate);
          const fast = at(rate + more);
          expect(fast.totals.connected).toBeGreaterThanOrEqual(slow.totals.connected);
          expect(fast.timeTo[50] ?? Infinity).toBeLessThanOrEqual(slow.timeTo[50] ?? Infinity);
        },
      ),
    );
  });
});

describe("a herd with jitter", () => {
  it("is faster with each higher rate", () => {
    const policy = fixed(5_000, { jitter: "full" });
    const times = [50, 100, 200, 400].map(
      (perSecond) =>
        simulate(herd({ clients: 10_000, policy, negotiates: { perSecond, burst: 1 } })).timeTo[99]!,
    );
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Set(times).size).toBe(4);
  });

  it("is another one with another seed, but hardly differs", () => {
    const run = (seed: number) =>
      simulate(
        herd({
          clients: 10_000,
          policy: fixed(5_000, { jitter: "full" }),
          negotiates: { perSecond: 100, burst: 1 },
          seed,
        }),
      );
    const [one, other] = [run(1), run(2)];
    expect(one.attempts).not.toEqual(other.attempts);
    expect(Math.abs(one.timeTo[99]! - other.timeTo[99]!)).toBeLessThan(1_000);
  });
});

it("is bounded in size, however long it lasts", () => {
  const result = simulate(
    herd({
      clients: 10,
      policy: list([3_600_000], { then: "repeat" }),
      restartTime: 86_000_000,
      horizon: 86_400_000,
    }),
  );
  expect(result.attempts.length).toBeLessThanOrEqual(6_000);
  expect(result.width).toBe(60_000);
  expect(sum(result.attempts)).toBe(result.totals.attempts);
});
