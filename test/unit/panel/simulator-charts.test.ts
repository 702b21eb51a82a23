import { describe, expect, it } from "vitest";
import { simulate } from "../../../extension/core/herd/simulate.ts";
import {
  connectedShare,
  perSecond,
  refusedPerSecond,
  stepPath,
  timeTicks,
  valueAt,
} from "../../../panel/views/simulator/chart-data.ts";
import { herd } from "../core/herd/any-herd.ts";

describe("the simulator's charts", () => {
  const result = simulate(herd({ restartTime: 5_000 }));

  it("show the share that is connected: all, nobody, and all again", () => {
    const points = connectedShare(result, true);
    expect(points[0]).toEqual({ t: 0, value: 1 });
    expect(valueAt(points, 0)).toBe(0);
    expect(valueAt(points, 12_199)).toBe(0);
    expect(valueAt(points, 12_300)).toBe(1);
  });

  it("show attempts of whole seconds, though buckets are shorter", () => {
    const points = perSecond(result.attempts, result.width);
    expect(points.slice(0, 3)).toEqual([
      { t: 0, value: 1_000 },
      { t: 1_000, value: 0 },
      { t: 2_000, value: 1_000 },
    ]);
    expect(refusedPerSecond(result)[12]).toEqual({ t: 12_000, value: 0 });
  });

  it("show a rate a second if buckets are longer", () => {
    expect(perSecond(Float64Array.of(50, 10), 5_000)).toEqual([
      { t: 0, value: 10 },
      { t: 5_000, value: 2 },
    ]);
  });

  it("draw steps, and both ends of what happens within a pixel", () => {
    const points = [0, 100, 200, 1_000].map((t, i) => ({ t, value: i }));
    const path = stepPath(
      points,
      (t) => t / 1_000,
      (value) => value,
      5_000,
    );
    expect(path).toBe("M0 2.0L0 0.0L0 2.0L1 2.0L1 3.0");
  });

  it("have round moments on their axis", () => {
    expect(timeTicks(125_000, 400).map(({ text }) => text)).toEqual([
      "0",
      "30 s",
      "1 min",
      "1 min 30 s",
      "2 min",
    ]);
  });
});
