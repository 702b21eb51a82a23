import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", default: "in" },
    duration: { kind: "duration", label: "How long", default: 60_000 },
  },
  description: "Pings are lost and everything else arrives.",
  appSees: "a server timeout, unless other messages keep coming",
  serverSees: "a client timeout, unless other messages keep coming",
  realism: {
    simulates: "A server that is too busy to ping, keep-alive and timeout that are set not to match.",
    limitations: ["Only SignalR's own pings; WebSocket ping frames are out of a page's reach."],
  },
} as const satisfies FaultDetails;
