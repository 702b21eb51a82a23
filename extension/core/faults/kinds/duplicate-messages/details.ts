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
  description: "Some messages arrive twice.",
  appSees: "the same message again, right after",
  serverSees: "the same message again, right after",
  realism: {
    simulates: "A retry somewhere on the way, at-least-once delivery, a handler registered twice.",
    limitations: [
      "A call that is sent twice has the same invocation id; a real retry of the app has another.",
    ],
  },
} as const satisfies FaultDetails;
