import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "Duration", default: 60_000 },
  },
  description: "WebSockets fail to open, as behind many corporate proxies; the client should fall back.",
  appSees: "error, then close 1006, for each WebSocket that is opened; then another transport, if negotiated",
  serverSees: "a negotiate, then no WebSocket; perhaps another transport",
  realism: {
    simulates: "Proxies that do not forward the upgrade.",
    limitations: [
      "Fails immediately; with a real proxy the upgrade may hang until it times out.",
      "Refused in the page: no upgrade reaches the server.",
      "A WebSocket without a negotiate is refused only if SignalR was seen at its URL before.",
      "Open WebSockets stay open.",
    ],
  },
} as const satisfies FaultDetails;
