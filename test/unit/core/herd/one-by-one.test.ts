import { describe, expect, it } from "vitest";
import type { HerdInput } from "../../../../extension/core/herd/herd-input.ts";
import { simulate } from "../../../../extension/core/herd/simulate.ts";
import { fixed, herd, list } from "./any-herd.ts";
import { connectedOneByOne } from "./one-by-one.ts";

/** Numbers from 0 to 1 that have nothing to do with those of the simulation. */
function otherRandom(): () => number {
  let state = 12_345;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** The largest vertical distance between the two curves of connected clients, as a share of all. */
function distance(input: HerdInput): number {
  const { connected, width } = simulate(input);
  const times = connectedOneByOne(input, otherRandom());
  let reached = 0;
  let largest = 0;
  for (const [i, count] of connected.entries()) {
    while (reached < times.length && times[reached]! < (i + 1) * width) reached++;
    largest = Math.max(largest, Math.abs(count - reached) / input.clients);
  }
  return largest;
}

describe("the same herd, simulated client by client", () => {
  const negotiates = { perSecond: 100, burst: 20 };
  it.each<[string, Partial<HerdInput>]>([
    ["the default policy", { negotiates, restartTime: 3_000 }],
    ["full jitter", { negotiates, policy: fixed(4_000, { jitter: "full" }) }],
    [
      "equal jitter",
      { negotiates, policy: list([1_000, 2_000, 8_000], { then: "repeat", jitter: "equal" }) },
    ],
    [
      "exponential delays, up to a cap",
      {
        negotiates,
        restartTime: 7_000,
        policy: { kind: "exponential", base: 500, cap: 6_000, attempts: null, jitter: "full" },
      },
    ],
    ["an app that starts again", { negotiates, policy: list([0, 1_000]), restartAfter: 3_000 }],
    ["a limit of connections", { capacity: 1_500, policy: fixed(2_000, { jitter: "full", attempts: 5 }) }],
  ])("has the same curve: %s", (_, more) => {
    expect(
      distance(herd({ clients: 2_000, connectTime: { from: 50, to: 450 }, horizon: 120_000, ...more })),
    ).toBeLessThan(0.03);
  });
});
