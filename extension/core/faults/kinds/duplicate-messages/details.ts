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
  description: "Some messages arrive twice.",
  appSees: "the same message twice in a row",
  serverSees: "the same message twice in a row",
  realism: {
    simulates: "A retry by a proxy or backplane, at-least-once delivery, a handler registered twice.",
    limitations: ["A call sent twice has the same invocation id; a real retry by the app has a new one."],
  },
} as const satisfies FaultDetails;
