import type { FaultKind } from "../fault-kind.ts";

export const slowHandshake = {
  scopes: ["page", "hub"],
  parameters: {
    delay: { kind: "delay", label: "Delay", usual: 5_000 },
    duration: { kind: "duration", label: "How long", usual: 60_000 },
  },
  say: "The server's answer to the handshake comes so much later.",
  appSees: "Connecting for longer; beyond the handshake timeout of 15 s, a failed start",
  serverSees: "a handshake as ever",
  likeness: {
    imitates: "A server whose threads are all busy.",
    differs: ["The answer is held back in the page; messages behind it wait with it."],
  },
} as const satisfies FaultKind;
