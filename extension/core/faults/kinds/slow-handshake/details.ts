import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    delay: { kind: "delay", label: "Delay", default: 5_000 },
    duration: { kind: "duration", label: "Duration", default: 60_000 },
  },
  description: "Delays the server's answer to the handshake.",
  appSees: "a longer Connecting state; after the handshake timeout of 15 s, a failed start",
  serverSees: "a normal handshake",
  realism: {
    simulates: "A server without free threads.",
    limitations: ["The answer is delayed in the page, with all messages after it."],
  },
} as const satisfies FaultDetails;
