import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binCounts, marksOf } from "../../../panel/timeline/bins.ts";
import { Peaks } from "../../../panel/timeline/peaks.ts";
import { createScale } from "../../../panel/state/time-scale.ts";
import { Series, Totals } from "../../../panel/timeline/series.ts";

const seriesOf = (times: readonly number[]): Series => {
  const series = new Series();
  for (const t of times) series.push(t);
  return series;
};
const times = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 300 });

describe("Series", () => {
  it("stays sorted for any order of arrival", () => {
    fc.assert(
      fc.property(times, (given) => {
        const series = seriesOf(given);
        const sorted = [...given].sort((a, b) => a - b);
        expect(Array.from({ length: series.length }, (_, i) => series.at(i))).toEqual(sorted);
      }),
    );
  });

  it("counts by binary search like a loop", () => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 3000 }),
        (given, from, length) => {
          expect(seriesOf(given).count(from, from + length)).toBe(
            given.filter((t) => t >= from && t < from + length).length,
          );
        },
      ),
    );
  });

  it("finds the last before a time, and nothing beyond its ends", () => {
    const series = seriesOf([10, 20, 40]);
    expect(series.lastUntil(20)).toBe(20);
    expect(series.lastUntil(39)).toBe(20);
    expect(series.lastUntil(5)).toBeNaN();
    expect(series.at(2)).toBe(40);
    expect(series.at(3)).toBeNaN();
    expect(series.at(-1)).toBeNaN();
  });
});

describe("Totals", () => {
  it("spreads a span's count evenly and adds up", () => {
    const totals = new Totals();
    totals.push(1000, 2000, 100);
    totals.push(3000, 4000, 10);
    expect(totals.before(1000)).toBe(0);
    expect(totals.before(1500)).toBe(50);
    expect(totals.before(2500)).toBe(100);
    expect(totals.before(9999)).toBe(110);
    expect(totals.spanAt(1999)).toMatchObject({ count: 100 });
    expect(totals.spanAt(2500)).toBeNull();
  });
});

describe("binCounts", () => {
  it("counts everything exactly once", () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 2, max: 40 }), (given, width) => {
        const scale = createScale({ from: 0, to: 10_001 }, 600);
        const bins = binCounts(scale, width, seriesOf(given));
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(given.length);
      }),
    );
  });

  it("takes time per column, not per message", () => {
    const series = seriesOf(Array.from({ length: 200_000 }, (_, i) => i));
    let asked = 0;
    const counting = new Proxy(series, {
      get(target, name) {
        if (name === "before") asked++;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    binCounts(createScale({ from: 0, to: 200_000 }, 1200), 3, counting);
    expect(asked).toBeLessThan(410);
  });
});

describe("marksOf", () => {
  const scale = createScale({ from: 0, to: 10_000 }, 1000);
  const rank = (span: { rank: number }): number => span.rank;

  it("gives each span its own pixels when there is room", () => {
    const spans = [
      { from: 0, until: 5000, rank: 0 },
      { from: 5000, until: null, rank: 1 },
    ];
    expect(marksOf(spans, scale, 8000, 5, rank).map(({ x0, x1 }) => [x0, x1])).toEqual([
      [0, 500],
      [500, 800],
    ]);
  });

  it("merges neighbours that are too narrow, and the worst wins", () => {
    const spans = Array.from({ length: 100 }, (_, i) => ({
      from: i * 10,
      until: i * 10 + 10,
      rank: i === 42 ? 5 : 0,
    }));
    const marks = marksOf(spans, scale, 1000, 5, rank);
    expect(marks.length).toBeLessThan(30);
    expect(marks.reduce((sum, mark) => sum + mark.merged, 0)).toBe(100);
    expect(marks.some((mark) => mark.what.rank === 5)).toBe(true);
    for (const mark of marks) expect(mark.x1 - mark.x0).toBeGreaterThanOrEqual(5);
  });

  it("lets marks overlap by at most their minimum width", () => {
    const span = fc.record({
      length: fc.integer({ min: 1, max: 900 }),
      rank: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 60 }), (lengths) => {
        let at = 0;
        const spans = lengths.map(({ length, rank: r }) => ({ from: at, until: (at += length), rank: r }));
        const marks = marksOf(spans, scale, at, 5, rank);
        for (let i = 1; i < marks.length; i++)
          expect(marks[i]!.x0).toBeGreaterThanOrEqual(marks[i - 1]!.x1 - 5.001);
      }),
    );
  });
});

describe("Peaks", () => {
  it("finds the longest gap in any range", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 600 }),
        fc.nat(),
        fc.nat(),
        (gaps, a, b) => {
          let t = 0;
          const series = seriesOf(gaps.map((gap) => (t += gap)));
          const peaks = new Peaks(series);
          peaks.update();
          const [from, to] = [a % gaps.length, b % (gaps.length + 1)].sort((p, q) => p - q) as [
            number,
            number,
          ];
          const expected = Math.max(0, ...gaps.slice(Math.max(1, from), to));
          expect(peaks.longest(from, to)).toBe(expected);
        },
      ),
    );
  });
});
