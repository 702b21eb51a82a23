import type { FaultKind } from "../fault-kind.ts";

export const gracefulLoss = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {},
  say: "The connection is closed towards the server as well, so that it forgets it at once and nothing can be resumed.",
  appSees: "error, then close 1006 (not clean)",
  serverSees: "a close frame: the connection is over, no resume",
  likeness: {
    imitates: "A proxy or server process that ends the TCP connection in order.",
    differs: [
      "The server is told by a WebSocket close frame without a code, where a real proxy often only closes TCP.",
      "Long polling: the poll fails as by a dead network and the server keeps the connection for a while; one that has forgotten it answers 404.",
    ],
  },
} as const satisfies FaultKind;
