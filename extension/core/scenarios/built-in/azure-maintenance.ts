import type { Scenario } from "../scenario.ts";
import { aMoment, gapAtMost, recoveredWithin, untilSettled, whatAlwaysHolds } from "./common.ts";

export const azureMaintenance: Scenario = {
  scenario: 1,
  name: "azure-maintenance",
  title: "Azure maintenance",
  say: "Azure SignalR Service moves its clients to other servers, one by one, each with a Close message that allows a reconnect.",
  steps: [
    { do: "inject", fault: { name: "drain", window: 30_000 }, quick: { window: 3_000 } },
    { do: "wait", for: "disconnected", limit: 35_000 },
    { do: "wait", for: "faults-over", limit: 35_000 },
    untilSettled(60_000),
    aMoment,
    recoveredWithin(5_000),
    gapAtMost(5_000),
    ...whatAlwaysHolds,
  ],
};
