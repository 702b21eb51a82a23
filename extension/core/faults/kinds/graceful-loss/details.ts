import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {},
  description:
    "The connection is closed on the server as well, which removes it immediately: it can't be resumed.",
  appSees: "error, then close 1006 (not clean)",
  serverSees: "a close frame: the connection ends, no resume",
  realism: {
    simulates: "A proxy or server process that closes the TCP connection cleanly.",
    limitations: [
      "The server gets a WebSocket close frame without a code; a real proxy often only closes TCP.",
      "Long polling: the poll fails like a network error, and the server keeps the connection for a while; a server that has removed it answers 404.",
    ],
  },
} as const satisfies FaultDetails;
