import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    window: { kind: "duration", label: "Time span", default: 10_000 },
  },
  description:
    "Maintenance: closes the connections one by one, each with a Close message that allows a reconnect.",
  appSees: "a Close message on each connection in turn, then it reconnects",
  serverSees: "each client disconnecting after a Close that the server never sent",
  realism: {
    simulates: "Azure SignalR Service maintenance, a server drained before a deployment.",
    limitations: [
      "Only this page's connections: the first gets its Close immediately, the others are spread over the time span.",
      "Simulated on the client: the server only sees clients disconnect.",
      "Real maintenance moves the client to another instance.",
    ],
  },
} as const satisfies FaultDetails;
