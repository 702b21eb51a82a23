import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    delay: { kind: "delay", label: "Delay", default: 5_000 },
    duration: { kind: "duration", label: "How long", default: 60_000 },
  },
  description: "The server's answer to the handshake comes so much later.",
  appSees: "Connecting for longer; beyond the handshake timeout of 15 s, a failed start",
  serverSees: "a handshake as ever",
  realism: {
    simulates: "A server whose threads are all busy.",
    limitations: ["The answer is held back in the page; messages behind it wait with it."],
  },
} as const satisfies FaultDetails;
