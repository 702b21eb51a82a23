import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "Duration", default: 60_000 },
  },
  description: "Every event stream (Server-Sent Events) fails; the client should fall back to long polling.",
  appSees: "an error for each new event stream; then long polling, if negotiated",
  serverSees: "a negotiate, then no event stream",
  realism: {
    simulates: "Proxies that buffer or refuse text/event-stream.",
    limitations: [
      "Fails immediately; with a buffering proxy it hangs.",
      "Refused in the page: no request for the stream reaches the server.",
    ],
  },
} as const satisfies FaultDetails;
