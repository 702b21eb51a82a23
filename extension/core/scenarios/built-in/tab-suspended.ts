import type { Scenario } from "../scenario.ts";
import { aMoment, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const tabSuspended: Scenario = {
  scenario: 1,
  name: "tab-suspended",
  title: "Tab suspended for 1 min",
  say: "The browser freezes the hidden tab for a minute, then the user returns.",
  steps: [
    { do: "inject", fault: { name: "suspend", duration: 60_000 }, quick: { duration: 6_000 } },
    { do: "wait", for: "faults-over", limit: 65_000 },
    // The socket is lost right after the resume.
    untilLost,
    untilSettled(60_000),
    aMoment,
    recoveredWithin(5_000),
    ...whatAlwaysHolds,
  ],
};
