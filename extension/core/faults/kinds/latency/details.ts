import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "both" },
    delay: { kind: "delay", label: "Delay", default: 500 },
    jitter: { kind: "delay", label: "Jitter, up to", optional: "0" },
    seed: { kind: "whole", label: "Seed", least: 0, most: 4_294_967_295, optional: "another one each time" },
    duration: { kind: "duration", label: "How long", default: 60_000 },
  },
  description: "Every message takes longer, always by as much or by up to the jitter more.",
  appSees: "messages later, in order",
  serverSees: "messages later, in order",
  realism: {
    simulates: "A far server, a mobile network, a busy Wi-Fi.",
    limitations: [
      "Messages are delayed, not packets: there is no loss, no slow start, and order is kept.",
      "The connect and the close are not delayed.",
    ],
  },
} as const satisfies FaultDetails;
