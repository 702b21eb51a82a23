import type { Scenario } from "../scenario.ts";
import { aMoment, gapAtMost, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const statefulWindowHit: Scenario = {
  scenario: 1,
  name: "stateful-window-hit",
  title: "Resume within the stateful window",
  say: "The connection is lost and resumed in time: nothing may be lost.",
  needs: ["stateful"],
  steps: [
    { do: "inject", fault: { name: "abrupt-loss" } },
    untilLost,
    untilSettled(30_000),
    aMoment,
    recoveredWithin(5_000),
    { do: "expect", that: "same-connection-id" },
    gapAtMost(1_000),
    ...whatAlwaysHolds,
  ],
};
