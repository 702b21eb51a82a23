import type { Scenario } from "../scenario.ts";
import { aMoment, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const tokenExpired: Scenario = {
  scenario: 1,
  name: "token-expired",
  title: "Token expired",
  say: "The connection is lost after the access token has expired: every request is answered 401 for 15 s, until the app has a new one.",
  differs: ["All tokens are rejected during that time, even a new one."],
  needs: ["token"],
  steps: [
    { do: "inject", fault: { name: "refuse-token", duration: 15_000 } },
    { do: "inject", fault: { name: "graceful-loss" } },
    untilLost,
    { do: "wait", for: "faults-over", limit: 20_000 },
    untilSettled(60_000),
    aMoment,
    recoveredWithin(20_000),
    ...whatAlwaysHolds,
  ],
};
