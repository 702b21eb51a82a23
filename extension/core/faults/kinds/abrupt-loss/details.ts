import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {},
  description: "The network dies under the connection: the most common loss there is.",
  appSees: "error, then close 1006 (not clean), at once",
  serverSees: "nothing yet, as when a network dies; the socket is closed 15 s later",
  realism: {
    simulates: "A cable pulled, a Wi-Fi left, a NAT entry forgotten.",
    limitations: [
      "A real dead network is often noticed late, by the server timeout; this one is told at once, as when the device itself knows.",
      "The server is left in the dark for 15 s, then gets a close frame; a real one is told at once where both sides are cut, or waits for its client timeout (30 s by default).",
      "If the server gives up before that, the browser still answers its close frame; a dead network answers nothing.",
      "A stateful connection is taken up again within the page: the server sees no loss and no resume, where a real cut shows it both.",
      "Long polling: a browser sends a poll again by itself when only its connection was cut, and nobody notices; here the poll fails, as when the server is gone.",
    ],
  },
} as const satisfies FaultDetails;
