import type { Scenario } from "../scenario.ts";
import { aMoment, gapAtMost, recoveredWithin, untilLost, untilSettled, whatAlwaysHolds } from "./common.ts";

export const websocketsBlocked: Scenario = {
  scenario: 1,
  name: "websockets-blocked",
  title: "WebSockets blocked",
  say: "The user is behind a proxy that blocks WebSockets: the client should fall back to another transport.",
  needs: ["web-sockets"],
  steps: [
    { do: "inject", fault: { name: "block-websockets", duration: 120_000 }, as: "proxy" },
    { do: "inject", fault: { name: "graceful-loss" } },
    untilLost,
    untilSettled(90_000),
    aMoment,
    recoveredWithin(5_000),
    gapAtMost(10_000),
    ...whatAlwaysHolds,
    { do: "end", fault: "proxy" },
  ],
};
