import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "both", optional: "both" },
    duration: {
      kind: "duration",
      label: "Duration",
      optional: "until undone, or until the client closes the connection",
    },
  },
  description: "Both ends consider the connection open, but nothing arrives.",
  appSees: "silence, until its server timeout",
  serverSees: "silence, until its client timeout",
  realism: {
    simulates: "A NAT or firewall that silently dropped the connection, a phone that changes cells.",
    limitations: [
      "Lost data stays lost; TCP would send it again once the path is back.",
      "The browser still answers the server's close frame after its timeout; a dead path answers nothing.",
      "Only SignalR's connection is affected; a dead path also affects the browser's other connections to that server, and the reconnect may hang as well.",
      "The server's own pings get no TCP error, because they arrive at the browser.",
    ],
  },
} as const satisfies FaultDetails;
