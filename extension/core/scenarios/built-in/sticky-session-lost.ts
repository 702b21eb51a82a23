import type { Scenario } from "../scenario.ts";
import { aMoment, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const stickySessionLost: Scenario = {
  scenario: 1,
  name: "sticky-session-lost",
  title: "Sticky session lost",
  say: "After a loss, the negotiate reaches one server and the connect another, which has no such connection. After 5 s, it works again.",
  differs: [
    "The connect fails without a 404, and long polling is not rejected: a client that falls back to it connects immediately.",
  ],
  needs: ["web-sockets", "negotiate"],
  steps: [
    { do: "inject", fault: { name: "block-websockets", duration: 5_000 } },
    { do: "inject", fault: { name: "block-event-streams", duration: 5_000 } },
    { do: "inject", fault: { name: "graceful-loss" } },
    untilLost,
    { do: "wait", for: "faults-over", limit: 10_000 },
    untilSettled(60_000),
    aMoment,
    recoveredWithin(10_000),
    ...whatAlwaysHolds,
  ],
};
