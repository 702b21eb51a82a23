import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    delay: { kind: "delay", label: "Delay", default: 5_000 },
    duration: { kind: "duration", label: "How long", default: 60_000 },
  },
  description: "Each negotiate takes so much longer.",
  appSees: "an answer that comes late",
  serverSees: "a negotiate as ever",
  realism: {
    simulates: "A busy server or a cold start, a slow sign-in in front of it.",
    limitations: [
      "The answer is held back in the page; the server has answered long ago, so its connection ages meanwhile.",
    ],
  },
} as const satisfies FaultDetails;
