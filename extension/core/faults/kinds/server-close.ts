import type { FaultKind } from "../fault-kind.ts";

export const serverClose = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    allowReconnect: { kind: "flag", label: "The client may reconnect", usual: true },
    error: { kind: "text", label: "Reason", most: 1_000, counted: "characters", optional: "none" },
  },
  say: "The server says goodbye with a Close message, as at a deployment or when Azure SignalR Service rebalances.",
  appSees: "a Close message, as the server sends it",
  serverSees: "the client leaving after a Close that it never sent",
  likeness: {
    imitates: "HubConnectionContext.Abort, a server that shuts down, Azure SignalR Service moving clients.",
    differs: ["Only the client takes part: the server has sent nothing, and sees a client that leaves."],
  },
} as const satisfies FaultKind;
