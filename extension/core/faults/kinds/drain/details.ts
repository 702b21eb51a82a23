import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    window: { kind: "duration", label: "Over", default: 10_000 },
  },
  description:
    "Maintenance: connections are closed one by one, each with a Close message that allows to reconnect.",
  appSees: "a Close message on each connection in turn, then it reconnects",
  serverSees: "each client leaving after a Close that it never sent",
  realism: {
    simulates: "Azure SignalR Service at maintenance, a server that is drained before a deployment.",
    limitations: [
      "Only this page's connections: the first gets its Close at once, the others spread over the time.",
      "The server has sent nothing: it sees clients that leave.",
      "A real one sends the client to another instance.",
    ],
  },
} as const satisfies FaultDetails;
