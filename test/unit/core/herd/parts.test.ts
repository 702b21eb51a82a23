import { describe, expect, it } from "vitest";
import { createGroups } from "../../../../extension/core/herd/groups.ts";
import { chance, randomOf, scatter } from "../../../../extension/core/herd/random.ts";
import { createSeries } from "../../../../extension/core/herd/herd-series.ts";
import { withFullJitter } from "../../../../extension/core/herd/with-full-jitter.ts";
import { fixed, list } from "./any-herd.ts";

it("chooses at random who is refused, whatever their step", () => {
  const random = randomOf(7);
  const kept = [0, 0, 0];
  const groups = createGroups(3);
  const counts = [1, 3, 16];
  for (let round = 0; round < 20_000; round++) {
    counts.forEach((count, step) => {
      groups.add(step, count);
    });
    let refused = 0;
    groups.keep(5, random, (_, count) => (refused += count));
    expect(refused).toBe(15);
    groups.empty((step, count) => (kept[step]! += count));
  }
  // A quarter of each.
  for (const [step, count] of counts.entries()) expect(kept[step]! / 20_000 / count).toBeCloseTo(0.25, 1);
});

it("draws every place of a range equally often", () => {
  const counts = new Int32Array(16);
  scatter(randomOf(3), counts, 14, 7, 80_000);
  expect([...counts.slice(6, 14)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  for (const count of [...counts.slice(14), ...counts.slice(0, 6)])
    expect(Math.abs(count - 10_000)).toBeLessThan(450);
});

it("draws numbers from 0 to 1", () => {
  const random = randomOf(0xffff_ffff);
  const drawn = Array.from({ length: 10_000 }, () => chance(random));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(drawn.reduce((a, b) => a + b) / drawn.length).toBeCloseTo(0.5, 1);
});

it("makes buckets wider without losing a count", () => {
  const series = createSeries();
  for (let second = 0; second < 40_000; second++) {
    const bucket = series.at(second * 1_000);
    series.columns.attempts[bucket]! += 1;
  }
  expect(series.width).toBe(10_000);
  expect([...series.columns.attempts.slice(0, 4_000)].every((count) => count === 10)).toBe(true);
});

describe("the same policy with full jitter", () => {
  it("gives a delay of 0 the next one, as it would have nothing to jitter", () => {
    expect(withFullJitter(list([0, 2_000, 0]))).toEqual(list([2_000, 2_000, 2_000], { jitter: "full" }));
    expect(withFullJitter(list([0]))).toEqual(list([1_000], { jitter: "full" }));
    expect(withFullJitter(list([]))).toEqual(list([], { jitter: "full" }));
    expect(withFullJitter(fixed(0))).toEqual(fixed(1_000, { jitter: "full" }));
  });
});
