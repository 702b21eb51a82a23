import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    code: { kind: "close-code", label: "Code", default: 1012 },
    reason: { kind: "text", label: "Reason", most: 123, counted: "bytes", optional: "none" },
  },
  description: "A WebSocket is closed with a code and a reason of your choice.",
  appSees: "close with that code and reason, always as a clean one",
  serverSees: "a close frame: the connection is over, no resume",
  realism: {
    simulates:
      "What servers and proxies say when they close a WebSocket: 1001 going away, 1011 server error, 1012 restart, 1013 try again later, 4000 and up their own.",
    limitations: [
      "With 1005, 1006 and 1015 a real close is not clean.",
      "The close frame goes from the page to the server, not the other way round.",
      "The server gets the code if a page may send it (1000, 3000 to 4999), else a close frame without one, which ASP.NET Core takes for 1000.",
    ],
  },
  only: "WebSockets",
} as const satisfies FaultDetails;
