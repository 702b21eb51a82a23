import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    limit: { kind: "duration", label: "Lifetime", default: 30_000 },
    duration: { kind: "duration", label: "How long", default: 120_000 },
  },
  description: "Every connection is cut once it is so old, however busy it is.",
  appSees: "error, then close 1006, at that age",
  serverSees: "nothing yet, as when a network dies; the socket is closed 15 s later",
  realism: {
    simulates:
      "Proxies and platforms that limit how long a request may live (Azure App Service, Cloudflare, Heroku).",
    limitations: [
      "The age is counted from when the connection opened, by the page's clock.",
      "The server is told by a close frame 15 s later; a device that cuts both sides tells it at once.",
    ],
  },
} as const satisfies FaultDetails;
