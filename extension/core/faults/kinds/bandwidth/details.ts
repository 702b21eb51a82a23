import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "both" },
    bytesPerSecond: {
      kind: "whole",
      label: "At most",
      unit: "bytes/s",
      least: 1,
      most: 1_000_000_000,
      default: 4_000,
    },
    duration: { kind: "duration", label: "How long", default: 60_000 },
  },
  description: "Only so many bytes get through in a second; what is more waits in line.",
  appSees: "messages late and later, as the line grows",
  serverSees: "messages late and later, as the line grows",
  realism: {
    simulates: "A slow uplink, a crowded train.",
    limitations: [
      "Whole messages wait for their turn; a real one trickles in.",
      "bufferedAmount of the WebSocket does not grow.",
    ],
  },
} as const satisfies FaultDetails;
