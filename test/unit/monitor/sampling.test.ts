import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSampled } from "../../../content-script/monitor/sampling.ts";

/** A session of one tab. */
function newStorage(): Pick<Storage, "getItem" | "setItem"> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
  };
}

/** Numbers that are spread evenly: the golden ratio's multiples. */
function evenly(): () => number {
  let n = 0;
  return () => (++n * 0.6180339887498949) % 1;
}

describe("sampling", () => {
  it("takes all at 1, and none at 0 or of nonsense, without drawing", () => {
    const random = (): number => {
      throw new Error("drawn");
    };
    const storage = newStorage;
    expect(isSampled(1, "session", { random, storage })).toBe(true);
    for (const rate of [0, -1, NaN]) expect(isSampled(rate, "session", { random, storage })).toBe(false);
  });

  it("takes the share of sessions that it is told to, also by pages", () => {
    for (const by of ["session", "page"] as const)
      for (const rate of [0.01, 0.1, 0.5]) {
        const random = evenly();
        const taken = Array.from({ length: 10_000 }, () =>
          isSampled(rate, by, { random, storage: newStorage }),
        ).filter(Boolean);
        // Counts are extrapolated by 1 / rate.
        expect(taken.length / rate / 10_000).toBeCloseTo(1, 1);
      }
  });

  it("decides once for a session, and keeps it in when the rate is raised", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
          minLength: 5,
          maxLength: 5,
        }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (draws, rate) => {
          const store = newStorage();
          let drawn = 0;
          const ports = { random: () => draws[drawn++ % draws.length] ?? 0, storage: () => store };
          const first = isSampled(rate, "session", ports);
          for (let page = 0; page < 4; page++) expect(isSampled(rate, "session", ports)).toBe(first);
          if (first) expect(isSampled((1 + rate) / 2, "session", ports)).toBe(true);
          else expect(isSampled(rate / 2, "session", ports)).toBe(false);
        },
      ),
    );
  });

  it("draws for each page where there is no storage, or nonsense in it", () => {
    const forbidden = (): never => {
      throw new DOMException("no", "SecurityError");
    };
    expect(isSampled(0.5, "session", { random: () => 0.4, storage: forbidden })).toBe(true);
    expect(isSampled(0.5, "session", { random: () => 0.6, storage: () => null })).toBe(false);
    for (const nonsense of ["", "NaN", "-1", "1", "{}"]) {
      const storage = { getItem: () => nonsense, setItem: () => undefined };
      expect(isSampled(0.5, "session", { random: () => 0.4, storage: () => storage })).toBe(true);
    }
  });
});
