import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    allowReconnect: { kind: "flag", label: "Allow reconnect", default: true },
    error: { kind: "text", label: "Reason", max: 1_000, counted: "characters", optional: "none" },
  },
  description:
    "The server closes the connection with a Close message, as at a deployment or when Azure SignalR Service rebalances.",
  appSees: "a Close message, as the server sends it",
  serverSees: "the client disconnecting after a Close that the server never sent",
  realism: {
    simulates: "HubConnectionContext.Abort, a server that shuts down, Azure SignalR Service moving clients.",
    limitations: ["Simulated on the client: the server only sees a client disconnect."],
  },
} as const satisfies FaultDetails;
