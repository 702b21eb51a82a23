import type { Scenario } from "../scenario.ts";
import { aMoment, gapAtMost, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const wifiDrop5s: Scenario = {
  scenario: 1,
  name: "wifi-drop-5s",
  title: "Wi-Fi lost for 5 s",
  say: "The device loses its network briefly: an elevator, a change of access points.",
  steps: [
    { do: "inject", fault: { name: "offline", duration: 5_000 } },
    untilLost,
    untilSettled(60_000),
    aMoment,
    recoveredWithin(10_000),
    gapAtMost(15_000),
    ...whatAlwaysHolds,
  ],
};
