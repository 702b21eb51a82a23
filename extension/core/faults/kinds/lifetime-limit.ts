import type { FaultKind } from "../fault-kind.ts";

export const lifetimeLimit = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: {
    limit: { kind: "duration", label: "Lifetime", usual: 30_000 },
    duration: { kind: "duration", label: "How long", usual: 120_000 },
  },
  say: "Every connection is cut once it is so old, however busy it is.",
  appSees: "error, then close 1006, at that age",
  serverSees: "nothing yet, as when a network dies; the socket is closed 15 s later",
  likeness: {
    imitates:
      "Proxies and platforms that limit how long a request may live (Azure App Service, Cloudflare, Heroku).",
    differs: [
      "The age is counted from when the connection opened, by the page's clock.",
      "The server is told by a close frame 15 s later; a device that cuts both sides tells it at once.",
    ],
  },
} as const satisfies FaultKind;
