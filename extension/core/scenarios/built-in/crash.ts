import type { Scenario } from "../scenario.ts";
import { aMoment, gapAtMost, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const crash: Scenario = {
  scenario: 1,
  name: "crash",
  title: "Server crash",
  say: "The server crashes and is back after 20 s. All its connections are gone.",
  differs: ["The server keeps running; the outage is simulated on the client."],
  steps: [
    { do: "inject", fault: { name: "refuse-connects", duration: 20_000 } },
    { do: "inject", fault: { name: "graceful-loss" } },
    untilLost,
    untilSettled(90_000),
    aMoment,
    recoveredWithin(25_000),
    gapAtMost(45_000),
    ...whatAlwaysHolds,
  ],
};
