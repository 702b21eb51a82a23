import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "both" },
    delay: { kind: "delay", label: "Delay", default: 500 },
    jitter: { kind: "delay", label: "Maximum jitter", optional: "0" },
    seed: { kind: "whole", label: "Seed", min: 0, max: 4_294_967_295, optional: "random" },
    duration: { kind: "duration", label: "Duration", default: 60_000 },
  },
  description: "Delays every message by a fixed time, plus up to the jitter.",
  appSees: "messages later, in order",
  serverSees: "messages later, in order",
  realism: {
    simulates: "A distant server, a mobile network, a busy Wi-Fi.",
    limitations: [
      "Messages are delayed, not packets: there is no loss, no slow start, and order is kept.",
      "Connecting and closing are not delayed.",
    ],
  },
} as const satisfies FaultDetails;
