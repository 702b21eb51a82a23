import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    idle: { kind: "duration", label: "Idle time", default: 20_000 },
    duration: { kind: "duration", label: "Duration", default: 120_000 },
  },
  description: "A load balancer closes every connection that was idle for this time.",
  appSees: "error, then close 1006, after this idle time in both directions",
  serverSees: "nothing at first, as with a network failure; the socket is closed 15 s later",
  realism: {
    simulates:
      "The idle timeout of proxies and load balancers (nginx 60 s, Azure Load Balancer 4 min, AWS ALB 60 s).",
    limitations: [
      "Only what Hubscope sees counts as traffic: WebSocket ping frames of the server do not.",
      "The server gets a close frame 15 s later; a device that closes both sides notifies it immediately.",
      "Many real devices drop the connection silently, which looks half-open.",
    ],
  },
} as const satisfies FaultDetails;
