import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    allowReconnect: { kind: "flag", label: "The client may reconnect", default: true },
    error: { kind: "text", label: "Reason", most: 1_000, counted: "characters", optional: "none" },
  },
  description:
    "The server says goodbye with a Close message, as at a deployment or when Azure SignalR Service rebalances.",
  appSees: "a Close message, as the server sends it",
  serverSees: "the client leaving after a Close that it never sent",
  realism: {
    simulates: "HubConnectionContext.Abort, a server that shuts down, Azure SignalR Service moving clients.",
    limitations: ["Only the client takes part: the server has sent nothing, and sees a client that leaves."],
  },
} as const satisfies FaultDetails;
