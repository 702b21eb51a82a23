import type { FaultKind } from "../fault-kind.ts";

export const drain = {
  scopes: ["page", "hub"],
  parameters: {
    window: { kind: "duration", label: "Over", usual: 10_000 },
  },
  say: "Maintenance: connections are closed one by one, each with a Close message that allows to reconnect.",
  appSees: "a Close message on each connection in turn, then it reconnects",
  serverSees: "each client leaving after a Close that it never sent",
  likeness: {
    imitates: "Azure SignalR Service at maintenance, a server that is drained before a deployment.",
    differs: [
      "Only this page's connections: the first gets its Close at once, the others spread over the time.",
      "The server has sent nothing: it sees clients that leave.",
      "A real one sends the client to another instance.",
    ],
  },
} as const satisfies FaultKind;
