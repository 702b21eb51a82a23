import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "How long", default: 15_000 },
  },
  description: "Whatever begins is refused as by a dead network; what is open stays open.",
  appSees: "a network error for every negotiate, WebSocket, event stream and poll that begins",
  serverSees: "nothing: no request reaches it",
  realism: {
    simulates: "A server that is down or not reachable, a DNS failure, a firewall.",
    limitations: [
      "Refused at once; a real firewall often lets the client wait for a timeout.",
      "A WebSocket that begins without a negotiate is refused only where SignalR was seen at its address before.",
      "navigator.onLine stays true, as in the real thing.",
    ],
  },
} as const satisfies FaultDetails;
