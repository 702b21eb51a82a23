import type { Scenario } from "../scenario.ts";
import {
  aMoment,
  circuitKept,
  gapAtMost,
  noCallLost,
  recoveredWithin,
  untilLost,
  untilSettled,
} from "./common.ts";

export const circuitMinuteAway: Scenario = {
  scenario: 1,
  name: "circuit-minute-away",
  title: "Blazor: offline for 60 s",
  say: "A Blazor Server page has no network for a minute. The server keeps its circuit for 3 minutes by default, and Blazor's default attempts last longer than that.",
  differs: ["The server notices the loss at once, and begins to count the time of the circuit then."],
  needs: ["circuit"],
  steps: [
    { do: "inject", fault: { name: "offline", duration: 60_000 } },
    untilLost,
    { do: "wait", for: "faults-over", limit: 65_000 },
    untilSettled(60_000),
    aMoment,
    recoveredWithin(35_000),
    circuitKept,
    gapAtMost(100_000),
    noCallLost,
  ],
};
