import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "in" },
    duration: { kind: "duration", label: "Duration", default: 60_000 },
  },
  description: "Pings are lost; everything else arrives.",
  appSees: "a server timeout, unless other messages keep coming",
  serverSees: "a client timeout, unless other messages keep coming",
  realism: {
    simulates: "A server that is too busy to ping, a keep-alive interval and timeout that don't match.",
    limitations: ["SignalR's own pings only; a page can't access WebSocket ping frames."],
  },
} as const satisfies FaultDetails;
