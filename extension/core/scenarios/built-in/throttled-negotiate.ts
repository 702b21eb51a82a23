import type { Scenario } from "../scenario.ts";
import { aMoment, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

/** Two losses are needed to see whether the retry delays differ. */
const TIMES = 2;

export const throttledNegotiate: Scenario = {
  scenario: 1,
  name: "throttled-negotiate",
  title: "Throttled negotiate",
  say: "The connection is lost, and the next three negotiates are answered 429 with a Retry-After, as when all clients reconnect at once. Then the same again.",
  needs: ["negotiate"],
  steps: [
    ...Array.from(
      { length: TIMES },
      () =>
        [
          {
            do: "inject",
            fault: { name: "negotiate-status", status: 429, retryAfter: 5, times: 3, duration: 120_000 },
          },
          { do: "inject", fault: { name: "graceful-loss" } },
          untilLost,
          untilSettled(120_000),
          aMoment,
        ] as const,
    ).flat(),
    recoveredWithin(35_000),
    { do: "expect", that: "retries-jittered" },
    ...whatAlwaysHolds,
  ],
};
