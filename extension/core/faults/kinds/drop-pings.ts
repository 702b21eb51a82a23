import type { FaultKind } from "../fault-kind.ts";

export const dropPings = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    direction: { kind: "direction", label: "Direction", usual: "in" },
    duration: { kind: "duration", label: "How long", usual: 60_000 },
  },
  say: "Pings are lost and everything else arrives.",
  appSees: "a server timeout, unless other messages keep coming",
  serverSees: "a client timeout, unless other messages keep coming",
  likeness: {
    imitates: "A server that is too busy to ping, keep-alive and timeout that are set not to match.",
    differs: ["Only SignalR's own pings; WebSocket ping frames are out of a page's reach."],
  },
} as const satisfies FaultKind;
