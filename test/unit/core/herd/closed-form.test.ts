/** Cases whose result can be calculated. */
import { describe, expect, it } from "vitest";
import { simulate } from "../../../../extension/core/herd/simulate.ts";
import { fixed, herd, list } from "./any-herd.ts";

/** Counts of whole seconds, whatever the width of the buckets. */
function perSecond(counts: Float64Array, width: number): number[] {
  const seconds: number[] = [];
  counts.forEach((count, i) => {
    const second = Math.floor((i * width) / 1_000);
    seconds[second] = (seconds[second] ?? 0) + count;
  });
  return seconds;
}

describe("without limits", () => {
  it("connects everybody after the first delay and the time of a connect", () => {
    const result = simulate(herd());
    expect(result.timeTo).toEqual({ 50: 100, 95: 100, 99: 100 });
    expect(result.totals).toMatchObject({ attempts: 1_000, connected: 1_000, waiting: 0, gaveUp: 0 });
    expect(result.peak).toEqual({ attempts: 1_000, at: 0 });
    expect([...result.connected]).toEqual([0, 1_000]);
  });

  it("counts the next delay from the end of the failed attempt", () => {
    // Attempts at 0, 2,050 and 12,100 ms; the server is back after 5 s.
    const result = simulate(herd({ restartTime: 5_000 }));
    expect(perSecond(result.attempts, result.width)).toEqual([
      1_000, 0, 1_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1_000,
    ]);
    expect(result.totals.refused).toEqual({ token: 0, restart: 2_000, negotiate: 0, capacity: 0 });
    expect(result.timeTo[99]).toBe(12_200);
  });

  it("gives up when the policy returns null, at the end of the last attempt", () => {
    const result = simulate(herd({ restartTime: 60_000 }));
    expect(result.totals).toMatchObject({ attempts: 4_000, connected: 0, gaveUp: 1_000, policyEnded: 1_000 });
    expect(result.end).toBe(2_000 + 10_000 + 30_000 + 4 * 50);
    expect(result.timeTo[50]).toBeNull();
  });

  it("lets the app start again after the policy has given up", () => {
    // No automatic reconnect: start() at 1,000, 2,050 and 3,100 ms.
    const result = simulate(herd({ policy: list([]), restartAfter: 1_000, restartTime: 2_500 }));
    expect(result.totals).toMatchObject({ attempts: 3_000, connected: 1_000, gaveUp: 0, policyEnded: 1_000 });
    expect(result.timeTo[50]).toBe(3_200);
  });

  it("doubles an exponential delay up to its cap", () => {
    const policy = { kind: "exponential", base: 1_000, cap: 5_000, attempts: null, jitter: "none" } as const;
    const result = simulate(herd({ policy, restartTime: 17_000 }));
    // After 1, 2, 4, 5 and 5 s, with 50 ms for each attempt that failed.
    expect(result.timeTo[99]).toBe(17_000 + 4 * 50 + 100);
    expect(result.totals.attempts).toBe(5_000);
  });

  it("spreads the attempts of full jitter evenly over the delay", () => {
    const clients = 100_000;
    const result = simulate(herd({ clients, policy: fixed(10_000, { jitter: "full" }) }));
    const seconds = perSecond(result.attempts, result.width).slice(0, 10);
    const sigma = Math.sqrt(clients * 0.1 * 0.9);
    for (const count of seconds) expect(Math.abs(count - clients / 10)).toBeLessThan(4.5 * sigma);
    const chiSquare = seconds.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // Nine degrees of freedom: 27.9 is passed once in a thousand times.
    expect(chiSquare).toBeLessThan(27.9);
  });

  it("spreads those of equal jitter over the second half of the delay", () => {
    const result = simulate(herd({ clients: 100_000, policy: fixed(10_000, { jitter: "equal" }) }));
    const seconds = perSecond(result.attempts, result.width);
    expect(seconds.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    for (const count of seconds.slice(5, 10)) expect(Math.abs(count - 20_000)).toBeLessThan(600);
  });

  it("drains evenly over the window", () => {
    const policy = fixed(1_000);
    const result = simulate(herd({ loss: { kind: "drained", over: 100_000 }, policy }));
    // Each is away for 1.1 s: 11 of 1,000 at any time.
    expect([...result.waiting.slice(20, 990)].every((count) => count === 11)).toBe(true);
    expect(result.timeTo[50]).toBe(49_900 + 1_100);
  });

  it("loses only the share of a region", () => {
    const result = simulate(herd({ loss: { kind: "region", share: 0.25 }, restartTime: 1_000 }));
    expect(result.lost).toBe(250);
    expect(result.connected[0]).toBe(750);
    expect(result.totals.attempts).toBe(500);
  });
});

describe("a limit of negotiates", () => {
  it("drains N clients in N / rate when they retry often", () => {
    const negotiates = { perSecond: 100, burst: 1 };
    const result = simulate(herd({ clients: 10_000, policy: fixed(40, { jitter: "full" }), negotiates }));
    for (const share of [50, 95] as const) {
      const time = result.timeTo[share]! / 1_000 - 0.1;
      expect(time).toBeGreaterThan(share - 0.1);
      expect(time).toBeLessThan(share * 1.01);
    }
  });

  it("wastes most of the rate when all retry in the same moment: one burst each time", () => {
    const negotiates = { perSecond: 1_000, burst: 100 };
    const result = simulate(herd({ policy: fixed(5_000), negotiates }));
    expect(result.totals.attempts).toBe(1_000 + 900 + 800 + 700 + 600 + 500 + 400 + 300 + 200 + 100);
    expect(result.end).toBe(5_000 + 9 * 5_050 + 100);
    expect(result.totals.refused.negotiate).toBe(result.totals.attempts - 1_000);
  });

  it("lets those be refused first that come first to an empty bucket, and counts who gives up", () => {
    const negotiates = { perSecond: 1, burst: 10 };
    const result = simulate(herd({ policy: list([0, 1_000]), negotiates }));
    // 10 at 0 ms, and what has come back by 1,050 ms: one.
    expect(result.totals).toMatchObject({ connected: 11, gaveUp: 989, attempts: 1_990 });
  });
});

describe("other limits", () => {
  it("refuses above the capacity", () => {
    const result = simulate(herd({ capacity: 600, policy: list([0, 1_000]) }));
    expect(result.totals).toMatchObject({ connected: 600, gaveUp: 400 });
    expect(result.totals.refused.capacity).toBe(800);
  });

  it("counts connections that weren't lost towards the capacity", () => {
    const result = simulate(herd({ loss: { kind: "region", share: 0.5 }, capacity: 600, policy: list([0]) }));
    expect(result.totals).toMatchObject({ connected: 600, gaveUp: 400 });
  });

  it("serves the queue of the token service one by one", () => {
    const result = simulate(herd({ tokens: { perSecond: 50, overload: "queue" } }));
    expect(result.timeTo).toEqual({ 50: 10_100, 95: 19_100, 99: 19_900 });
    expect(result.totals.attempts).toBe(1_000);
  });

  it("answers calls at once while the token service has nothing to do", () => {
    const loss = { kind: "drained", over: 100_000 } as const;
    const tokens = { perSecond: 50, overload: "queue" } as const;
    const result = simulate(herd({ loss, tokens }));
    // 20 ms for each call: never more than the connect time and that.
    expect(result.timeTo[50]).toBe(49_900 + 20 + 100);
  });

  it("refuses above the rate of a token service without a queue", () => {
    const tokens = { perSecond: 50, overload: "refuse" } as const;
    const result = simulate(herd({ tokens, policy: list([0, 950]) }));
    // 50 at 0 ms; at 1,000 ms the bucket is full again.
    expect(result.totals).toMatchObject({ connected: 100, gaveUp: 900 });
    expect(result.totals.refused.token).toBe(950 + 900);
  });

  it("stops at the horizon", () => {
    const result = simulate(herd({ restartTime: 600_000, policy: fixed(1_000), horizon: 60_000 }));
    expect(result).toMatchObject({ stopped: "horizon", totals: { connected: 0, waiting: 1_000, gaveUp: 0 } });
    expect(result.end).toBeLessThan(60_000);
  });
});
