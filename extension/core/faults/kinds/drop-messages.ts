import type { FaultKind } from "../fault-kind.ts";

export const dropMessages = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", usual: "in" },
    types: { kind: "message-types", label: "Message types", optional: "every type but pings" },
    method: { kind: "text", label: "Hub method", most: 200, counted: "characters", optional: "every method" },
    probability: { kind: "probability", label: "Probability", usual: 0.2 },
    seed: { kind: "whole", label: "Seed", least: 0, most: 4_294_967_295, optional: "another one each time" },
    duration: { kind: "duration", label: "How long", usual: 60_000 },
  },
  say: "Some messages never arrive, though the connection stays.",
  appSees: "messages that are missing, without an error",
  serverSees: "messages that are missing, without an error",
  likeness: {
    imitates:
      "A backplane that loses a message, a send to a group that was not joined, a server that forgets.",
    differs: [
      "TCP itself never loses a message in the middle; this is what faults above it look like.",
      "Under stateful reconnect a gap in the sequence is what the other end sees.",
    ],
  },
} as const satisfies FaultKind;
