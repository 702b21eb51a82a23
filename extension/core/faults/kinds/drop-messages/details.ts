import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "in" },
    types: { kind: "message-types", label: "Message types", optional: "all but pings" },
    method: { kind: "text", label: "Hub method", max: 200, counted: "characters", optional: "all methods" },
    probability: { kind: "probability", label: "Probability", default: 0.2 },
    seed: { kind: "whole", label: "Seed", min: 0, max: 4_294_967_295, optional: "random" },
    duration: { kind: "duration", label: "Duration", default: 60_000 },
  },
  description: "Some messages are lost; the connection stays open.",
  appSees: "missing messages, without an error",
  serverSees: "missing messages, without an error",
  realism: {
    simulates:
      "A backplane that loses messages, a send to a group that was not joined, a server that lost its state.",
    limitations: [
      "TCP itself never loses single messages; this simulates faults in the layers above.",
      "With stateful reconnect, the other end sees a gap in the sequence.",
    ],
  },
} as const satisfies FaultDetails;
