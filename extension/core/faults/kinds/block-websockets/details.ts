import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "How long", default: 60_000 },
  },
  description: "No WebSocket gets through, as behind many corporate proxies; the client should fall back.",
  appSees: "error, then close 1006, for each WebSocket that begins; then another transport, if negotiated",
  serverSees: "a negotiate, then no WebSocket; perhaps another transport",
  realism: {
    simulates: "Proxies that do not pass the upgrade on.",
    limitations: [
      "Fails at once; a real proxy may let the upgrade hang until it times out.",
      "Refused in the page: no upgrade reaches the server.",
      "A WebSocket that begins without a negotiate is refused only where SignalR was seen at its address before.",
      "WebSockets that are open stay open.",
    ],
  },
} as const satisfies FaultDetails;
