import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  around,
  clampRange,
  createScale,
  decimalsFor,
  panned,
  SHORTEST_RANGE,
  ticks,
  tickStep,
  zoomed,
} from "../../../panel/state/time-scale.ts";

const range = fc
  .tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 50, max: 1e8 }))
  .map(([from, length]) => ({ from, to: from + length }));

describe("scale", () => {
  it("goes from time to pixels and back", () => {
    fc.assert(
      fc.property(
        range,
        fc.integer({ min: 100, max: 3000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (view, width, share) => {
          const scale = createScale(view, width);
          const t = view.from + share * (view.to - view.from);
          expect(scale.t(scale.x(t))).toBeCloseTo(t, 2);
        },
      ),
    );
  });

  it("limits coordinates far outside of the view", () => {
    const scale = createScale({ from: 1000, to: 2000 }, 500);
    expect(scale.clamped(-1e12)).toBe(-2);
    expect(scale.clamped(1e12)).toBe(502);
  });

  it("puts ticks on round local times, far enough apart", () => {
    const view = { from: Date.UTC(2026, 10, 24, 9, 42, 7), to: Date.UTC(2026, 10, 24, 9, 46, 13) };
    const step = tickStep({ ...view, width: 1148 }, 118);
    expect(step).toBe(30_000);
    const zone = 3_600_000;
    for (const t of ticks(view, step, zone)) expect((t + zone) % step).toBe(0);
    expect(decimalsFor(step)).toBe(0);
    expect(decimalsFor(50)).toBe(2);
    fc.assert(
      fc.property(range, (any) => {
        const least = tickStep({ ...any, width: 1000 }, 100);
        const times = ticks(any, least, 0);
        expect(times.length).toBeLessThanOrEqual(12);
      }),
    );
  });
});

describe("zoom and pan", () => {
  it("keeps the time under the cursor in place", () => {
    const view = { from: 0, to: 1000 };
    const next = zoomed(view, 4, 250);
    expect(createScale(next, 100).x(250)).toBeCloseTo(createScale(view, 100).x(250));
    expect(next.to - next.from).toBe(250);
    expect(panned(view, 10)).toEqual({ from: 10, to: 1010 });
  });

  it("stays within the recording and above the shortest range", () => {
    fc.assert(
      fc.property(range, range, (view, whole) => {
        const { from, to } = clampRange(view, whole);
        expect(from).toBeGreaterThanOrEqual(whole.from - 1e-6);
        expect(to).toBeLessThanOrEqual(Math.max(whole.to, whole.from + SHORTEST_RANGE) + 1e-6);
        expect(to - from).toBeGreaterThanOrEqual(Math.min(SHORTEST_RANGE, view.to - view.from) - 1e-6);
      }),
    );
    expect(clampRange({ from: 0, to: 1 }, { from: 0, to: 1000 })).toEqual({ from: 0, to: 20 });
    expect(clampRange({ from: -50, to: 50 }, { from: 0, to: 1000 })).toEqual({ from: 0, to: 100 });
  });

  it("shows an item with space at both sides", () => {
    const { from, to } = around(1000, 2000);
    expect(from).toBeLessThan(1000);
    expect(to).toBeGreaterThan(2000);
  });
});
