import type { Scenario } from "../scenario.ts";
import { recoveredWithin, untilSettled } from "./common.ts";

export const idleTimeout: Scenario = {
  scenario: 1,
  name: "idle-timeout",
  title: "Load balancer idle timeout",
  say: "A load balancer closes connections that were idle for 30 s. Pings every 15 s keep them alive, if both ends send them.",
  differs: ["Common limits are longer (60 s, 4 min); the test is whether pings come more often."],
  steps: [
    { do: "inject", fault: { name: "idle-cut", idle: 30_000, duration: 100_000 } },
    { do: "wait", for: "faults-over", limit: 105_000 },
    untilSettled(60_000),
    { do: "expect", that: "stays-connected" },
    recoveredWithin(5_000),
  ],
};
