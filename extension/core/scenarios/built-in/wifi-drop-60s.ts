import type { Scenario } from "../scenario.ts";
import { aMoment, gapAtMost, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const wifiDrop60s: Scenario = {
  scenario: 1,
  name: "wifi-drop-60s",
  title: "Wi-Fi lost for 60 s",
  say: "The device has no network for a minute: a tunnel, a router restart. The client's default retry policy gives up after 42 s.",
  steps: [
    { do: "inject", fault: { name: "offline", duration: 60_000 } },
    untilLost,
    { do: "wait", for: "faults-over", limit: 65_000 },
    untilSettled(60_000),
    aMoment,
    recoveredWithin(10_000),
    gapAtMost(75_000),
    ...whatAlwaysHolds,
  ],
};
