import type { Scenario } from "../scenario.ts";
import { aMoment, gapAtMost, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const deployment: Scenario = {
  scenario: 1,
  name: "deployment",
  title: "Server deployment",
  say: "The server closes connections cleanly and is down for 10 s.",
  differs: ["The server keeps running; the outage is simulated on the client."],
  steps: [
    { do: "inject", fault: { name: "refuse-connects", duration: 10_000 } },
    { do: "inject", fault: { name: "server-close", allowReconnect: true } },
    untilLost,
    untilSettled(60_000),
    aMoment,
    recoveredWithin(10_000),
    gapAtMost(20_000),
    ...whatAlwaysHolds,
  ],
};
