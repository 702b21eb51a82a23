import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "How long", default: 30_000 },
  },
  description: "The server takes no access token: every negotiate, connect and request is answered 401.",
  appSees: "401 for negotiates and requests, close 1006 for WebSockets and event streams",
  serverSees: "nothing: no request reaches it",
  realism: {
    simulates: "A token that expired or was revoked, keys that were rotated.",
    limitations: [
      "Connections that are open stay open; a server with CloseOnAuthenticationExpiration would close them.",
      "A WebSocket that begins without a negotiate is refused only where SignalR was seen at its address before.",
      "What carries no token is refused as well.",
      "The answer is made up in the page: without a WWW-Authenticate header, and in no server log.",
      "A WebSocket's 401 looks like any other failure to the page, as in the real thing.",
    ],
  },
} as const satisfies FaultDetails;
