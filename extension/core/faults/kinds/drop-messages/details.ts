import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "in" },
    types: { kind: "message-types", label: "Message types", optional: "every type but pings" },
    method: { kind: "text", label: "Hub method", most: 200, counted: "characters", optional: "every method" },
    probability: { kind: "probability", label: "Probability", default: 0.2 },
    seed: { kind: "whole", label: "Seed", least: 0, most: 4_294_967_295, optional: "another one each time" },
    duration: { kind: "duration", label: "How long", default: 60_000 },
  },
  description: "Some messages never arrive, though the connection stays.",
  appSees: "messages that are missing, without an error",
  serverSees: "messages that are missing, without an error",
  realism: {
    simulates:
      "A backplane that loses a message, a send to a group that was not joined, a server that forgets.",
    limitations: [
      "TCP itself never loses a message in the middle; this is what faults above it look like.",
      "Under stateful reconnect a gap in the sequence is what the other end sees.",
    ],
  },
} as const satisfies FaultDetails;
