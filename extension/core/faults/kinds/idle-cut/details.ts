import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    idle: { kind: "duration", label: "Silence", default: 20_000 },
    duration: { kind: "duration", label: "How long", default: 120_000 },
  },
  description: "A load balancer cuts every connection over which nothing has gone for so long.",
  appSees: "error, then close 1006, after so long a silence in both directions",
  serverSees: "nothing yet, as when a network dies; the socket is closed 15 s later",
  realism: {
    simulates:
      "The idle timeout of proxies and load balancers (nginx 60 s, Azure Load Balancer 4 min, AWS ALB 60 s).",
    limitations: [
      "Only what Hubscope sees counts as traffic: WebSocket ping frames of the server do not.",
      "The server is told by a close frame 15 s later; a device that cuts both sides tells it at once.",
      "Many real devices drop silently, and it shows as half-open.",
    ],
  },
} as const satisfies FaultDetails;
