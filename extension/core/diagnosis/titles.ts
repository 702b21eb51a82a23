/** What causes and obstacles are called. What would help against them is in advice.ts, which only a reader needs. */
import type { Knowledge } from "../model/types.ts";
import type { CauseName, ObstacleName } from "./verdict.ts";

export const CAUSE_TITLE: Readonly<Record<CauseName, string>> = {
  injected: "Injected by Hubscope",
  "server-close": "The server closed the connection and allows a reconnect",
  "server-closed-for-good": "The server ended the connection for good",
  "client-ping-timeout": "The server heard nothing from the client and gave up",
  "message-too-large": "A message above the server's size limit was sent",
  "server-timeout": "Nothing was heard from the server for its timeout",
  asleep: "The computer slept, or the browser or the page stood still",
  "tab-frozen": "The tab was frozen: the browser closed the socket at resume",
  "back-forward-cache": "The page came back from the back-forward cache",
  "page-left": "The page was left",
  offline: "The network was offline",
  "server-gone": "The server could not be reached",
  "closed-by-server-socket": "The other end closed the socket without a Close message",
  "closed-by-browser":
    "The socket was closed in order, without a Close message: perhaps by the browser itself",
  "server-send-error": "The server failed while sending",
  "frame-too-large": "Something on the way refused a frame as too large",
  "unreadable-message": "The client could not read a message and left",
  "token-expired": "The access token had expired",
  "connection-not-found": "The server no longer knew this connection",
  "connect-handler-failed":
    "The server ended the connection while it connected: an exception in OnConnectedAsync",
  "idle-timeout": "Something on the way cut the connection after it had been idle",
  "lifetime-limit": "Something on the way cut the connection at a fixed age",
  "azure-service": "Azure SignalR Service ended the connection",
  "ended-by-server": "The server ended the poll loop",
  "abrupt-loss": "The connection broke without a goodbye",
  "start-failed": "The start failed",
  unknown: "Unknown: nothing that the page can see explains it",
};

/** Where a statement is known from. */
export const KNOWN_FROM: Readonly<Record<Knowledge, string>> = {
  client: "known from client",
  wire: "inferred from wire",
  page: "told by the page",
  network: "told by the network",
};

/** What stood in the way of a connection. The status goes after it. */
export const OBSTACLE_TITLE: Readonly<Record<ObstacleName, string>> = {
  unreachable: "The negotiate got no answer",
  unauthorized: "The server didn't know who asks",
  forbidden: "The user isn't allowed to use this hub",
  "not-found": "There is no hub at this address",
  throttled: "The server throttles negotiates",
  "server-error": "The server failed while it answered the negotiate",
  unavailable: "The server, or its proxy, was unavailable",
  "gateway-timeout": "The server took longer than its proxy waits",
  "token-too-long": "The request was refused as too long: a token too large",
  "service-worker": "A service worker of the page answered in the network's place",
  "sign-in-redirect": "The negotiate was led to another page, a sign-in mostly",
  refused: "The negotiate was refused",
  "not-signalr": "What answered the negotiate wasn't a SignalR hub",
  "old-signalr": "The server speaks ASP.NET SignalR 2.x",
  "transport-failed": "The negotiate was answered, but the transport couldn't connect",
  "no-such-connection": "The transport reached a server that doesn't know the connection",
  "before-request": "The client gave the try up before anything was sent",
  "handshake-late": "The server didn't get the handshake in time",
  "handshake-refused": "The server refused the handshake",
  "azure-refused": "Azure SignalR Service couldn't take the connection, in its own words",
  "handshake-unanswered": "The transport connected, but the handshake wasn't answered",
};

/** The same, where it was the transport that was answered so and not the negotiate. */
export const TRANSPORT_OBSTACLE_TITLE: Readonly<Partial<Record<ObstacleName, string>>> = {
  unreachable: "The transport got no answer",
  throttled: "The server throttles connections",
  "server-error": "The server failed while the transport connected",
};
