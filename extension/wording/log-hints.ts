/** What to look for in the logs of the server and of what is in front of it, by cause. Each goes on after "Look for". */
import type { CauseName } from "../core/diagnosis/verdict.ts";

const CLIENT_SIDE = "a connection that ended without a Close message; the cause is on the client's side";
const SHUTDOWN = "a restart, a deployment, a scale-in or a crash at this time";

/** null: there is nothing to look for. */
export const LOG_HINT: Readonly<Record<CauseName, string | null>> = {
  injected: null,
  "server-close": "the Close message of this connection, and the exception before it",
  "server-closed-for-good": "Context.Abort() or an exception in OnConnectedAsync just before",
  "client-ping-timeout": "a client timeout (ClientTimeoutInterval) of this connection",
  "message-too-large": "a message above MaximumReceiveMessageSize",
  "server-timeout": "whether the server was busy, paused or stopped; in the proxy's log, an idle connection",
  asleep: CLIENT_SIDE,
  "tab-frozen": CLIENT_SIDE,
  "back-forward-cache": CLIENT_SIDE,
  "page-left": CLIENT_SIDE,
  offline: CLIENT_SIDE,
  "server-gone": SHUTDOWN,
  "closed-by-server-socket": `${SHUTDOWN}; in the proxy's log, who closed it`,
  "closed-by-browser": CLIENT_SIDE,
  "server-send-error": "an internal error while sending (close code 1011)",
  "frame-too-large": "in the proxy's log, a frame above its limit (close code 1009)",
  "unreadable-message":
    "in the proxy's log, a cut answer; on the server, the hub protocol of this connection",
  "token-expired": "an authentication that failed (401), or a connection closed as its token expired",
  "connection-not-found": "a 404 for this connection id: a restart, or a request that reached another server",
  "connect-handler-failed": "the exception in OnConnectedAsync",
  "idle-timeout": "in the log of load balancer or proxy, a connection closed as idle",
  "lifetime-limit": "in the log of load balancer or proxy, a connection closed at its longest duration",
  "azure-service": "in the resource logs of Azure SignalR Service, why it ended this connection",
  "ended-by-server": SHUTDOWN,
  "circuit-ended": "the exception of the circuit (category Microsoft.AspNetCore.Components)",
  "abrupt-loss": "when and how the server, or a proxy, saw this connection end",
  "start-failed": "the requests to this hub at this time, and their answers",
  hanging: "the requests to this hub at this time, and which of them had no answer",
  unknown: "everything about this connection at this time",
};
