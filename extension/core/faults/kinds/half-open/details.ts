import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "both", optional: "both" },
    duration: {
      kind: "duration",
      label: "How long",
      optional: "until undone, or the client gives the connection up",
    },
  },
  description: "Both ends think that the connection is up, and nothing arrives.",
  appSees: "silence, until its server timeout",
  serverSees: "silence, until its client timeout",
  realism: {
    simulates: "A NAT or firewall that dropped the connection without a word, a phone between two masts.",
    limitations: [
      "What is swallowed stays swallowed; TCP would send it again if the path came back.",
      "The browser still answers the close frame of a server that gives up; a silent path answers nothing.",
      "Only SignalR's connection falls silent; a real path takes the browser's other connections to that server along, and the reconnect may hang as well.",
      "The server's own pings get no TCP error, as they arrive at the browser.",
    ],
  },
} as const satisfies FaultDetails;
