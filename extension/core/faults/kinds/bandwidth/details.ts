import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "both" },
    bytesPerSecond: {
      kind: "whole",
      label: "Bandwidth",
      unit: "bytes/s",
      min: 1,
      max: 1_000_000_000,
      default: 4_000,
    },
    duration: { kind: "duration", label: "Duration", default: 60_000 },
  },
  description: "Limits the bytes per second; the rest waits in a queue.",
  appSees: "messages later and later, as the queue grows",
  serverSees: "messages later and later, as the queue grows",
  realism: {
    simulates: "A slow uplink, a congested mobile network.",
    limitations: [
      "Whole messages are delayed; on a real network they arrive in parts.",
      "bufferedAmount of the WebSocket does not grow.",
    ],
  },
} as const satisfies FaultDetails;
