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

export const circuitShortLoss: Scenario = {
  scenario: 1,
  name: "circuit-short-loss",
  title: "Blazor: connection cut once",
  say: "The connection of a Blazor Server page breaks, and the network is there again at once.",
  needs: ["circuit"],
  steps: [
    { do: "inject", fault: { name: "abrupt-loss" } },
    untilLost,
    untilSettled(30_000),
    aMoment,
    recoveredWithin(5_000),
    circuitKept,
    gapAtMost(5_000),
    noCallLost,
  ],
};
