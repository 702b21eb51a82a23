import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {},
  description:
    "The connection is closed towards the server as well, so that it forgets it at once and nothing can be resumed.",
  appSees: "error, then close 1006 (not clean)",
  serverSees: "a close frame: the connection is over, no resume",
  realism: {
    simulates: "A proxy or server process that ends the TCP connection in order.",
    limitations: [
      "The server is told by a WebSocket close frame without a code, where a real proxy often only closes TCP.",
      "Long polling: the poll fails as by a dead network and the server keeps the connection for a while; one that has forgotten it answers 404.",
    ],
  },
} as const satisfies FaultDetails;
