import type { Scenario } from "../scenario.ts";
import { aMoment, gapAtMost, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const crash: Scenario = {
  scenario: 1,
  name: "crash",
  title: "Server crash",
  say: "The server is gone without a word, and back after 20 s. It has forgotten every connection.",
  differs: ["The server itself goes on; the page is kept from it."],
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
