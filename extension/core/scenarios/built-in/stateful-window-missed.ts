import type { Scenario } from "../scenario.ts";
import { aMoment, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const statefulWindowMissed: Scenario = {
  scenario: 1,
  name: "stateful-window-missed",
  title: "Resume after the stateful window",
  say: "The connection is lost for longer than the server keeps it: the client needs a new connection, and the app must rejoin its groups.",
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
