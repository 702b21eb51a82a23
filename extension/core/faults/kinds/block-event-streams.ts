import type { FaultKind } from "../fault-kind.ts";

export const blockEventStreams = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "How long", usual: 60_000 },
  },
  say: "No event stream (Server-Sent Events) gets through; the client should fall back to long polling.",
  appSees: "error for each event stream that begins; then long polling, if negotiated",
  serverSees: "a negotiate, then no event stream",
  likeness: {
    imitates: "Proxies that buffer or refuse text/event-stream.",
    differs: [
      "Fails at once; a buffering proxy lets it hang.",
      "Refused in the page: no request for the stream reaches the server.",
    ],
  },
} as const satisfies FaultKind;
