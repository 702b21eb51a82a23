import type { FaultKind } from "../fault-kind.ts";

export const bandwidth = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", usual: "both" },
    bytesPerSecond: {
      kind: "whole",
      label: "At most",
      unit: "bytes/s",
      least: 1,
      most: 1_000_000_000,
      usual: 4_000,
    },
    duration: { kind: "duration", label: "How long", usual: 60_000 },
  },
  say: "Only so many bytes get through in a second; what is more waits in line.",
  appSees: "messages late and later, as the line grows",
  serverSees: "messages late and later, as the line grows",
  likeness: {
    imitates: "A slow uplink, a crowded train.",
    differs: [
      "Whole messages wait for their turn; a real one trickles in.",
      "bufferedAmount of the WebSocket does not grow.",
    ],
  },
} as const satisfies FaultKind;
