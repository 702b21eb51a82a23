import type { Scenario } from "../scenario.ts";
import { aMoment, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const statefulWindowMissed: Scenario = {
  scenario: 1,
  name: "stateful-window-missed",
  title: "Stateful window missed",
  say: "The connection is lost for longer than the server keeps it: the client must start over, and the app must join its groups again.",
  needs: ["stateful"],
  steps: [
    { do: "inject", fault: { name: "miss-window" } },
    untilLost,
    untilSettled(60_000),
    aMoment,
    recoveredWithin(10_000),
    { do: "expect", that: "new-connection-id" },
    ...whatAlwaysHolds,
  ],
};
