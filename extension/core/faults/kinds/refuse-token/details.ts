import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    duration: { kind: "duration", label: "Duration", default: 30_000 },
  },
  description: "The server rejects all access tokens: every negotiate, connect and request is answered 401.",
  appSees: "401 for negotiates and requests, close 1006 for WebSockets and event streams",
  serverSees: "nothing: no request reaches it",
  realism: {
    simulates: "An expired or revoked token, rotated keys.",
    limitations: [
      "Open connections stay open; a server with CloseOnAuthenticationExpiration would close them.",
      "A WebSocket without a negotiate is refused only if SignalR was seen at its URL before.",
      "Requests without a token are rejected as well.",
      "The answer is generated in the page: it has no WWW-Authenticate header and is in no server log.",
      "A page can't tell a WebSocket's 401 from other failures, as in reality.",
    ],
  },
} as const satisfies FaultDetails;
