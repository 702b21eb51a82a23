import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    code: { kind: "close-code", label: "Code", default: 1012 },
    reason: { kind: "text", label: "Reason", max: 123, counted: "bytes", optional: "none" },
  },
  description: "Closes the WebSocket with the given code and reason.",
  appSees: "a clean close with that code and reason",
  serverSees: "a close frame: the connection ends, no resume",
  realism: {
    simulates:
      "Close codes of servers and proxies: 1001 going away, 1011 server error, 1012 restart, 1013 try again later, from 4000 on application-defined.",
    limitations: [
      "With 1005, 1006 and 1015 a real close is not clean.",
      "The close frame goes from the page to the server, not from the server to the page.",
      "The server gets the code if a page may send it (1000, 3000 to 4999), else a close frame without one, which ASP.NET Core treats as 1000.",
    ],
  },
  only: "WebSockets",
} as const satisfies FaultDetails;
