import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    delay: { kind: "delay", label: "Delay", default: 5_000 },
    duration: { kind: "duration", label: "Duration", default: 60_000 },
  },
  description: "Delays the answer to each negotiate.",
  appSees: "a late answer",
  serverSees: "a normal negotiate",
  realism: {
    simulates: "A busy server, a cold start, a slow sign-in.",
    limitations: [
      "The answer is delayed in the page; the server has already answered, so its connection may expire in the meantime.",
    ],
  },
} as const satisfies FaultDetails;
