import { describe, expect, it } from "vitest";
import { BEGIN, Trial, trial } from "./judged.ts";

describe("retries jittered", () => {
  const JITTER = { that: "retries-jittered" } as const;
  /** Losses one after the other, each with the delays that the policy planned. */
  const losses = (...waits: readonly (readonly number[])[]) => {
    const tried = trial();
    for (const [i, delays] of waits.entries()) {
      let t = BEGIN + i * 100_000;
      tried.lost(t, i + 1);
      for (const [n, delay] of delays.entries()) {
        tried.retry(t, n, delay);
        t += delay;
        if (n < delays.length - 1) tried.at(t).negotiateFails(100 + i * 20 + n, 503);
      }
      tried.back(t, i + 2, `id-${i + 2}`);
    }
    return tried.judge(JITTER, BEGIN + waits.length * 100_000);
  };

  it("passes when the delays differ from loss to loss", () => {
    const judged = losses([0, 2_113.4], [0, 3_410.9], [0, 1_700.2]);
    expect(judged).toMatchObject({ verdict: "pass", measured: { unit: "%", value: 50 } });
    expect(judged.evidence).toContainEqual(expect.objectContaining({ text: "Attempt 2: 2.1 s planned" }));
  });

  it("warns when they are the same every time", () => {
    const judged = losses([0, 2_000], [0, 2_000]);
    expect(judged).toMatchObject({ verdict: "warn", measured: { value: 0 } });
    expect(judged.say).toBe("After 2 losses the retry delays were the same: 0 ms, 2 s.");
  });

  it("warns about round delays after one loss, and has no verdict with fewer", () => {
    expect(losses([0, 2_000, 10_000, 30_000]).say).toMatch(/round numbers/);
    expect(losses([0, 2_000]).verdict).toBe("cant-tell");
    expect(losses([1_234, 3_456, 7_891]).verdict).toBe("cant-tell");
    expect(trial().judge(JITTER, BEGIN + 9_000).verdict).toBe("cant-tell");
  });

  describe("without the client probe", () => {
    const waited = (...waits: readonly number[]) => {
      const tried = new Trial().connected(false);
      for (const [i, wait] of waits.entries()) {
        const t = BEGIN + i * 100_000;
        tried.at(t).closed(i + 1);
        tried
          .at(t + wait)
          .negotiate(i + 2, `id-${i + 2}`)
          .socket(i + 2, i + 2);
      }
      return tried.judge(JITTER, BEGIN + waits.length * 100_000);
    };

    it.each([
      ["pass", [500, 1_500, 900]],
      ["warn", [2_000, 2_030]],
      ["cant-tell", [2_000, 2_150]],
    ] as const)("%s after delays of %j ms, as timers are always a little late", (verdict, waits) => {
      const judged = waited(...waits);
      expect(judged.verdict).toBe(verdict);
      expect(judged.evidence[0]?.text).toMatch(/actual$/);
    });
  });
});
