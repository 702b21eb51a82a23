import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    after: { kind: "delay", label: "Window ends after", default: 0, optional: "0 (immediately)" },
  },
  description:
    "The connection is lost abruptly, and the resume comes too late: the client needs a new connection id.",
  appSees: "close 1006, a resume that fails, then a new connection id",
  serverSees: "the connection lost; the resume never arrives",
  realism: {
    simulates: "A network outage longer than the server keeps a stateful connection.",
    limitations: [
      "The window ends early in the page; the server's own window (15 s, on Azure 30 s) may still be open.",
      "The server is not notified of the loss before its own window ends; with a real loss it often is notified immediately.",
      "Without stateful reconnect this is an abrupt loss.",
    ],
  },
} as const satisfies FaultDetails;
