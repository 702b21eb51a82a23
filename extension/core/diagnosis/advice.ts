/** What would help, and where to read on. Nothing is judged here: a verdict's names are looked up. */
import { verdictOf } from "./diagnose.ts";
import type { Downtime, FailedStartOutcome } from "../model/types.ts";
import type { CauseName, Obstacle, ObstacleName } from "./verdict.ts";

const DOCS = "https://learn.microsoft.com/";

export interface Advice {
  readonly text: string;
  readonly link: string | null;
}

/** null: the cause itself asks for nothing. */
export function adviceFor(one: Downtime): Advice | null {
  const { cause, obstacle } = verdictOf(one);
  const own = CAUSE_ADVICE[cause];
  if (one.kind === "interruption") return own;
  const again = START_ADVICE[one.outcome];
  // What was in the way has advice of its own.
  return {
    text: own === null || obstacle !== null ? again : `${own.text} ${again}`,
    link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  };
}

/** The cause's own, whatever became of it. */
export const adviceForCause = (cause: CauseName): Advice | null => CAUSE_ADVICE[cause];

export const adviceAgainst = ({ name }: Obstacle): Advice => OBSTACLE_ADVICE[name];

const NEVER = "The automatic reconnect never follows a start that failed";

const START_ADVICE: Readonly<Record<FailedStartOutcome, string>> = {
  failed: `${NEVER}: catch the error of start() and call it again after a while.`,
  trying: `${NEVER}. The app calls start() again itself, as it must.`,
  connected: `${NEVER}. The app called start() again itself, as it must.`,
  "stopped-by-app": `${NEVER}. The app stopped trying.`,
  "page-ended": `${NEVER}: catch the error of start() and call it again after a while.`,
  "recording-ended": `${NEVER}: catch the error of start() and call it again after a while.`,
};

const CAUSE_ADVICE: Readonly<Record<CauseName, Advice | null>> = {
  injected: null,
  "server-close": {
    text: "The reason is in the server's log. With EnableDetailedErrors the client is told too.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "server-closed-for-good": {
    text: "Automatic reconnect doesn't follow such a Close. Decide in onclose whether to start() again, or look at the server: Context.Abort(), or an exception in OnConnectedAsync.",
    link: `${DOCS}aspnet/core/signalr/hubs#handle-events-for-a-connection`,
  },
  "client-ping-timeout": {
    text: "Pings of a hidden, frozen or blocked page come late. Keep the main thread free, or raise ClientTimeoutInterval on the server together with keepAliveIntervalInMilliseconds on the client.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  },
  "message-too-large": {
    text: "Send less at once, or raise MaximumReceiveMessageSize. If the app sends it again after the reconnect, this repeats.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  },
  "server-timeout": {
    text: "Compare KeepAliveInterval on the server with serverTimeoutInMilliseconds on the client (at least twice as long), and look for a network or proxy that drops idle connections.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-client-options`,
  },
  asleep: {
    text: "Nobody can keep a connection over a computer's sleep. Let the automatic reconnect bring it back, and fetch what was missed.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#bsleep`,
  },
  "tab-frozen": {
    text: "Hold a Web Lock while connected so that the tab isn't frozen, or fetch what was missed on return.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#bsleep`,
  },
  "back-forward-cache": {
    text: "Its socket is closed on return. Reconnect on pageshow and fetch what was missed.",
    link: "https://web.dev/articles/bfcache",
  },
  "page-left": {
    text: "Nothing: a connection ends with its page. The new page starts its own.",
    link: `${DOCS}aspnet/core/signalr/javascript-client`,
  },
  offline: {
    text: "The client's retries don't wait for the network. A retry policy that goes on until the online event brings the app back.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "server-gone": {
    text: "Stopped, crashed, being deployed, or cut off by the network on the way. A retry policy with jitter that lasts longer than a deployment brings clients back without a rush.",
    link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  },
  "closed-by-server-socket": {
    text: "A server shutting down, or a proxy in between that ended the connection.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "closed-by-browser": {
    text: "Firefox closes a page's sockets when a navigation begins, even one that doesn't leave the page: a download link, an answer of 204, window.stop(). Open downloads in a frame or a new tab, or let the automatic reconnect do its work.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "server-send-error": {
    text: "Close code 1011: the reason is in the server's log.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "frame-too-large": {
    text: "A proxy's limit for frames. Send less at once, or raise the limit there.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "unreadable-message": {
    text: "Something on the way cut or changed a message, or client and server disagree on the protocol. The message itself is in the list of messages.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "token-expired": {
    text: "Let accessTokenFactory return a fresh token each time; it is asked at every negotiate.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz`,
  },
  "connection-not-found": {
    text: "It was restarted, or the request reached another server: without sticky sessions every request of an HTTP transport must reach the server that answered the negotiate.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "connect-handler-failed": {
    text: "The exception is in the server's log; with EnableDetailedErrors the client is told too. Such a Close allows no reconnect.",
    link: `${DOCS}aspnet/core/signalr/hubs#handle-events-for-a-connection`,
  },
  "idle-timeout": {
    text: "A load balancer or proxy whose idle timeout is shorter than the time between pings. Let KeepAliveInterval on the server be well below it, or raise it there. Long polling has no pings: the proxy must wait longer for an answer than LongPolling.PollTimeout (90 s), or set that below.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "lifetime-limit": {
    text: "Load balancers limit how long a request, and so a WebSocket, may last: Google Cloud 30 s unless told otherwise, Cloud Run 5 minutes, others an hour. Raise that timeout of the backend service; pings don't help.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "azure-service": {
    text: "Maintenance, a restart, or the app server's own connection to the service was lost; the service's resource logs tell which. A retry policy with jitter spreads the clients.",
    link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  },
  "ended-by-server": {
    text: "It closed the connection or is shutting down; long polling has no Close that would say more.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "abrupt-loss": {
    text: "Network, proxy or server: the page can't tell them apart. Stateful reconnect bridges short losses.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-stateful-reconnect`,
  },
  "start-failed": null,
  unknown: {
    text: "What the page can't see may be in the logs of the server, of its proxies, or of the client at level Debug.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
};

const OBSTACLE_ADVICE: Readonly<Record<ObstacleName, Advice>> = {
  unreachable: {
    text: "Nothing listens at that address, the network or a firewall is in the way, or CORS forbade it: the browser doesn't tell a page which. The Network panel does. For another origin the server must name the page's origin and allow credentials.",
    link: `${DOCS}aspnet/core/signalr/security#cross-origin-resource-sharing`,
  },
  unauthorized: {
    text: "Signed out, or a token that is missing or has expired. accessTokenFactory is asked at every negotiate: let it return a fresh token. Trying again with the same one can't help; sign in first.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz`,
  },
  forbidden: {
    text: "The server knows the user and refuses: look at the hub's [Authorize] policy and at the roles in the token. Trying again can't help until one of them changes.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz#authorize-users-to-access-hubs-and-hub-methods`,
  },
  "not-found": {
    text: "Compare the URL with MapHub on the server, and look for a proxy that doesn't forward this path.",
    link: `${DOCS}aspnet/core/signalr/hubs#configure-signalr-hubs`,
  },
  throttled: {
    text: "Too many clients come at once, or a service's limit is reached. Pass withAutomaticReconnect a policy with longer, random waits, and keep to the wait that the server asks for.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "server-error": {
    text: "An exception on the server, often in authentication, in middleware before the hub, or in what the hub is built from. It is in the server's log.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  unavailable: {
    text: "Stopped, starting or being deployed. A policy with jitter that lasts longer than a deployment brings clients back without a rush.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "gateway-timeout": {
    text: "The proxy waited for the server and gave up: a server that is slow, overloaded or doesn't accept connections. Look at what the negotiate waits for (authentication, a cold start), or let the proxy wait longer.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "token-too-long": {
    text: "A browser sends the token of a WebSocket or event stream in the address, of which many servers and proxies take 8 KB. Keep fewer claims in the token, or raise the limit.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz#bearer-token-authentication`,
  },
  "service-worker": {
    text: "Leave the hub's paths to the network: exclude them in the service worker's fetch handler (Angular: ngsw-bypass).",
    link: `${DOCS}aspnet/core/signalr/javascript-client`,
  },
  "sign-in-redirect": {
    text: "The session has ended, and the server sends everybody to its sign-in page. Let it answer 401 for the hub's paths, and let the app sign in again.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz`,
  },
  refused: {
    text: "Not an answer of SignalR's own: look for a proxy, a redirect or middleware before the hub.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "not-signalr": {
    text: "Often the app's own start page, sent for every unknown path. Compare the URL with MapHub, and the order of routes on the server and its proxy.",
    link: `${DOCS}aspnet/core/signalr/hubs#configure-signalr-hubs`,
  },
  "old-signalr": {
    text: "That is another protocol: the server needs ASP.NET Core SignalR, or the app the older client.",
    link: `${DOCS}aspnet/core/signalr/version-differences`,
  },
  "transport-failed": {
    text: "A proxy that doesn't forward WebSocket upgrades (nginx needs proxy_http_version 1.1 and the Upgrade and Connection headers), or several servers without sticky sessions: the connection must reach the server that answered the negotiate.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "no-such-connection": {
    text: "Several servers without sticky sessions: the connection must reach the server that answered the negotiate. Or it came too late: an unused negotiate is forgotten after 15 s, on Azure after 5 s.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "before-request": {
    text: "Look at accessTokenFactory: what it throws, or its promise is rejected with, ends the try. A WebSocket without a negotiate that never opened looks the same.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz#bearer-token-authentication`,
  },
  "handshake-late": {
    text: "Something held the handshake back for longer than HandshakeTimeout (15 s). Behind nginx, WebSockets need proxy_http_version 1.1 with the Upgrade and Connection headers, and event streams proxy_buffering off. Otherwise look for a page that was busy while it connected.",
    link: `${DOCS}aspnet/core/signalr/scale#linux-with-nginx`,
  },
  "handshake-refused": {
    text: "The server's words are in the evidence. Mostly it doesn't know the hub protocol that the client asked for: MessagePack must be added on both sides.",
    link: `${DOCS}aspnet/core/signalr/messagepackhubprotocol`,
  },
  "azure-refused": {
    text: "Mostly no app server is connected to the service: look whether it runs, at its connection string, and at the service's mode (Default wants an app server, Serverless none). Or a limit of the service is reached. Its words are in the evidence.",
    link: `${DOCS}azure/azure-signalr/signalr-howto-troubleshoot-guide`,
  },
  "handshake-unanswered": {
    text: "A proxy that lets the upgrade pass but not the messages, a server too busy to answer within its HandshakeTimeout (15 s), or something else than SignalR that takes WebSockets at this address.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  },
};
