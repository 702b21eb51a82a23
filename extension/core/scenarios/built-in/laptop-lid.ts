import type { Scenario } from "../scenario.ts";
import { aMoment, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const laptopLid: Scenario = {
  scenario: 1,
  name: "laptop-lid",
  title: "Laptop lid closed",
  say: "The lid is closed for two minutes; after waking up, the network takes a few seconds to return.",
  differs: ["A real sleep stops the whole browser and makes the clock jump; this one freezes only the page."],
  steps: [
    { do: "inject", fault: { name: "suspend", duration: 120_000 }, quick: { duration: 10_000 } },
    { do: "wait", for: "faults-over", limit: 125_000 },
    { do: "inject", fault: { name: "offline", duration: 4_000 } },
    untilLost,
    { do: "wait", for: "faults-over", limit: 6_000 },
    untilSettled(60_000),
    aMoment,
    recoveredWithin(10_000),
    ...whatAlwaysHolds,
  ],
};
