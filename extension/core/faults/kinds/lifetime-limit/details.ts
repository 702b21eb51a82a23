import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    limit: { kind: "duration", label: "Lifetime", default: 30_000 },
    duration: { kind: "duration", label: "Duration", default: 120_000 },
  },
  description: "Closes every connection that reaches this age, even if it is in use.",
  appSees: "error, then close 1006, at that age",
  serverSees: "nothing at first, as with a network failure; the socket is closed 15 s later",
  realism: {
    simulates:
      "Proxies and platforms that limit the duration of a request (Azure App Service, Cloudflare, Heroku).",
    limitations: [
      "The age is measured from when the connection opened, by the page's clock.",
      "The server gets a close frame 15 s later; a device that closes both sides notifies it immediately.",
    ],
  },
} as const satisfies FaultDetails;
