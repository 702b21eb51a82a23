import type { FaultKind } from "../fault-kind.ts";

export const slowNegotiate = {
  scopes: ["page", "hub"],
  parameters: {
    delay: { kind: "delay", label: "Delay", usual: 5_000 },
    duration: { kind: "duration", label: "How long", usual: 60_000 },
  },
  say: "Each negotiate takes so much longer.",
  appSees: "an answer that comes late",
  serverSees: "a negotiate as ever",
  likeness: {
    imitates: "A busy server or a cold start, a slow sign-in in front of it.",
    differs: [
      "The answer is held back in the page; the server has answered long ago, so its connection ages meanwhile.",
    ],
  },
} as const satisfies FaultKind;
