import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "Duration", default: 15_000 },
  },
  description: "New connections fail with a network error; open connections stay open.",
  appSees: "a network error for every new negotiate, WebSocket, event stream and poll",
  serverSees: "nothing: no request reaches it",
  realism: {
    simulates: "A server that is down or unreachable, a DNS failure, a firewall.",
    limitations: [
      "Fails immediately; with a real firewall the client often waits for a timeout.",
      "A WebSocket without a negotiate is refused only if SignalR was seen at its URL before.",
      "navigator.onLine stays true, as in reality.",
    ],
  },
} as const satisfies FaultDetails;
