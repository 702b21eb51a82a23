/** Titles of causes and obstacles. Recommendations are in advice.ts, which is loaded only where it is shown. */
import type { Knowledge } from "../model/types.ts";
import type { CauseName, ObstacleName } from "./verdict.ts";

export const CAUSE_TITLE: Readonly<Record<CauseName, string>> = {
  injected: "Injected by Hubscope",
  "server-close": "The server closed the connection and allows a reconnect",
  "server-closed-for-good": "The server closed the connection without allowing a reconnect",
  "client-ping-timeout": "Client timeout on the server",
  "message-too-large": "Message exceeded the server's size limit",
  "server-timeout": "Server timeout elapsed without a message from the server",
  asleep: "The computer slept, or the browser or page was paused",
  "tab-frozen": "The tab was frozen: the browser closed the socket on resume",
  "back-forward-cache": "Page restored from the back/forward cache",
  "page-left": "Page unloaded",
  offline: "Network offline",
  "server-gone": "The server could not be reached",
  "closed-by-server-socket": "The server or a proxy closed the socket without a Close message",
  "closed-by-browser": "Clean close without a Close message, possibly by the browser",
  "server-send-error": "Internal server error (1011)",
  "frame-too-large": "Frame rejected as too large (load balancer or proxy)",
  "unreadable-message": "The client could not read a message and closed the connection",
  "token-expired": "Access token expired",
  "connection-not-found": "Connection not found on the server (404)",
  "connect-handler-failed":
    "Exception in OnConnectedAsync: the server closed the connection while connecting",
  "idle-timeout": "Idle timeout (load balancer or proxy)",
  "lifetime-limit": "Connection lifetime limit (load balancer or proxy)",
  "azure-service": "Azure SignalR Service closed the connection",
  "ended-by-server": "The server ended long polling (204)",
  "circuit-ended": "An unhandled exception ended the Blazor circuit",
  "abrupt-loss": "Connection lost without a Close message",
  "start-failed": "start() failed",
  hanging: "A step of the connection is not answered",
  unknown: "Unknown: no cause visible to the page",
};

/** Names of the sources of a statement. */
export const KNOWN_FROM: Readonly<Record<Knowledge, string>> = {
  client: "reported by client",
  wire: "inferred from wire",
  page: "reported by page",
  network: "reported by network",
};

/** Titles of obstacles. The status is added after them. */
export const OBSTACLE_TITLE: Readonly<Record<ObstacleName, string>> = {
  unreachable: "No answer to negotiate",
  csp: "Blocked by the page's Content Security Policy",
  cors: "The browser kept the answer from the page: CORS",
  "bad-certificate": "Certificate not trusted by the browser",
  "tls-failed": "No secure connection: the TLS handshake failed",
  "proxy-failed": "The browser's proxy failed",
  "name-not-resolved": "Host name not found",
  "connection-refused": "Connection refused: no server at that address",
  "unsafe-port": "Port blocked by the browser",
  "local-network": "No permission to access the local network",
  "blocked-by-client": "Blocked in the browser by an extension or a policy",
  "network-changed": "The network changed while connecting",
  "no-network": "No network",
  "timed-out": "Connection timed out",
  "cut-while-connecting": "Connection cut before an answer",
  unauthorized: "Unauthorized",
  forbidden: "Forbidden: the user may not use this hub",
  "not-found": "No hub at this URL",
  throttled: "Negotiate throttled",
  "server-error": "Server error on negotiate",
  unavailable: "Server or proxy unavailable",
  "gateway-timeout": "Gateway timeout: the server took longer than its proxy waits",
  "token-too-long": "Request rejected as too long: access token too large",
  "service-worker": "Answered by the page's service worker, not by the network",
  "sign-in-redirect": "Negotiate redirected to another page, usually a sign-in page",
  refused: "Negotiate rejected",
  "not-signalr": "The negotiate answer is not from a SignalR hub",
  "old-signalr": "The server uses ASP.NET SignalR 2.x",
  "transport-failed": "Negotiate succeeded, but the transport could not connect",
  "no-such-connection": "The transport reached a server without this connection",
  "before-request": "The attempt failed before anything was sent",
  "handshake-late": "Handshake timeout on the server",
  "handshake-refused": "Handshake rejected by the server",
  "azure-refused": "Azure SignalR Service rejected the connection (stated in its answer)",
  "handshake-unanswered": "Transport connected, but no answer to the handshake",
  "token-pending": "Nothing was sent: accessTokenFactory has not returned a token",
  "negotiate-unanswered": "The negotiate was not answered",
  "upgrade-unanswered": "The WebSocket neither opened nor failed: its upgrade was not answered",
  "event-stream-unanswered": "The event stream did not open: its first byte did not arrive",
  "poll-unanswered": "The first poll was not answered",
  "connections-in-use": "All HTTP/1.1 connections of the browser to this host are in use",
  "no-ping": "Connected, but no message or ping from the server",
  "no-transport": "The client says Connected, but its transport has closed",
};

/** Titles if the transport got this answer, and not the negotiate. */
export const TRANSPORT_OBSTACLE_TITLE: Readonly<Partial<Record<ObstacleName, string>>> = {
  unreachable: "No answer to the transport",
  throttled: "Connection throttled",
  "server-error": "Server error while the transport connected",
};
