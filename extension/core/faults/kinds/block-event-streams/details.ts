import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "How long", default: 60_000 },
  },
  description:
    "No event stream (Server-Sent Events) gets through; the client should fall back to long polling.",
  appSees: "error for each event stream that begins; then long polling, if negotiated",
  serverSees: "a negotiate, then no event stream",
  realism: {
    simulates: "Proxies that buffer or refuse text/event-stream.",
    limitations: [
      "Fails at once; a buffering proxy lets it hang.",
      "Refused in the page: no request for the stream reaches the server.",
    ],
  },
} as const satisfies FaultDetails;
