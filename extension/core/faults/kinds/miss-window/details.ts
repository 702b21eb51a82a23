import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    after: { kind: "delay", label: "Window over after", default: 0, optional: "0: at once" },
  },
  description:
    "The connection is lost abruptly, and the stateful resume comes too late: the client must start over with a new connection id.",
  appSees: "close 1006, a resume that fails, then a new connection id",
  serverSees: "the connection gone; its resume never arrives",
  realism: {
    simulates: "A network that was away for longer than the server keeps a stateful connection.",
    limitations: [
      "The window is cut short in the page; the server's own (15 s, on Azure 30 s) may still be open.",
      "The server is not told of the loss before its own window is over; a real cut often tells it at once.",
      "Without stateful reconnect it is an abrupt loss.",
    ],
  },
} as const satisfies FaultDetails;
