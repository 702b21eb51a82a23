import type { Scenario } from "../scenario.ts";
import { recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const flapping: Scenario = {
  scenario: 1,
  name: "flapping",
  title: "Flapping",
  say: "The connection is lost five times within a minute.",
  steps: [
    ...Array.from(
      { length: 5 },
      () =>
        [
          { do: "inject", fault: { name: "graceful-loss" } },
          untilLost,
          untilSettled(45_000),
          { do: "pause", time: 8_000, quick: 2_000 },
        ] as const,
    ).flat(),
    recoveredWithin(10_000),
    { do: "expect", that: "retries-jittered" },
    ...whatAlwaysHolds,
  ],
};
