/** Recommendations for each cause and obstacle, each with a link to the docs. */
import { verdictOf } from "./diagnose.ts";
import type { FailedStartOutcome } from "../model/types.ts";
import type { Trouble } from "./hang.ts";
import type { CauseName, Obstacle, ObstacleName } from "./verdict.ts";

const DOCS = "https://learn.microsoft.com/";

export interface Advice {
  readonly text: string;
  readonly link: string | null;
}

/** null: there is nothing to recommend against the cause. */
export function adviceFor(one: Trouble): Advice | null {
  const { cause, obstacle } = verdictOf(one);
  const own = CAUSE_ADVICE[cause];
  if (one.kind !== "failed-start") return own;
  const again = START_ADVICE[one.outcome];
  // The obstacle has its own recommendation.
  return {
    text: own === null || obstacle !== null ? again : `${own.text} ${again}`,
    link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  };
}

/** The recommendation for the cause, whatever the outcome was. */
export const adviceForCause = (cause: CauseName): Advice | null => CAUSE_ADVICE[cause];

export const adviceAgainst = ({ name }: Obstacle): Advice => OBSTACLE_ADVICE[name];

const NEVER = "Automatic reconnect doesn't retry a failed start()";

const START_ADVICE: Readonly<Record<FailedStartOutcome, string>> = {
  failed: `${NEVER}: catch its error and call start() again after a delay.`,
  trying: `${NEVER}. The app retries start() itself, as it should.`,
  connected: `${NEVER}. The app retried start() itself, as it should.`,
  "stopped-by-app": `${NEVER}. The app stopped retrying.`,
  "page-ended": `${NEVER}: catch its error and call start() again after a delay.`,
  "recording-ended": `${NEVER}: catch its error and call start() again after a delay.`,
};

const CAUSE_ADVICE: Readonly<Record<CauseName, Advice | null>> = {
  injected: null,
  "server-close": {
    text: "The reason is in the server's log. With EnableDetailedErrors the client receives it too.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "server-closed-for-good": {
    text: "Automatic reconnect doesn't start after this Close. Decide in onclose whether to call start() again, or check the server for Context.Abort() or an exception in OnConnectedAsync.",
    link: `${DOCS}aspnet/core/signalr/hubs#handle-events-for-a-connection`,
  },
  "client-ping-timeout": {
    text: "A hidden, frozen or blocked page sends its pings late. Keep the main thread free, or raise ClientTimeoutInterval on the server together with keepAliveIntervalInMilliseconds on the client.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  },
  "message-too-large": {
    text: "Send smaller messages, or raise MaximumReceiveMessageSize. If the app sends the message again after the reconnect, the connection is lost again.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  },
  "server-timeout": {
    text: "Compare KeepAliveInterval on the server with serverTimeoutInMilliseconds on the client (at least twice as long), and check for a network or proxy that drops idle connections.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-client-options`,
  },
  asleep: {
    text: "No connection survives a computer's sleep. Let automatic reconnect restore it, and fetch missed data afterwards.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#bsleep`,
  },
  "tab-frozen": {
    text: "Hold a Web Lock while connected so that the tab isn't frozen, or fetch missed data when the tab resumes.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#bsleep`,
  },
  "back-forward-cache": {
    text: "The browser closes the page's socket. Reconnect on pageshow and fetch missed data.",
    link: "https://web.dev/articles/bfcache",
  },
  "page-left": {
    text: "No action needed: a connection ends with its page. The new page starts its own.",
    link: `${DOCS}aspnet/core/signalr/javascript-client`,
  },
  offline: {
    text: "The client's retries don't wait for the network. Use a retry policy that continues until the online event.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "server-gone": {
    text: "The server stopped, crashed, is being deployed, or the network to it failed. Use a retry policy with jitter that lasts longer than a deployment, so that clients don't all reconnect at once.",
    link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  },
  "closed-by-server-socket": {
    text: "A server that shuts down, or a proxy that closed the connection.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "closed-by-browser": {
    text: "Firefox closes a page's sockets when a navigation begins, even one that doesn't leave the page: a download link, a 204 answer, window.stop(). Open downloads in a frame or a new tab, or rely on automatic reconnect.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "server-send-error": {
    text: "The reason is in the server's log.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "frame-too-large": {
    text: "A proxy limits the frame size. Send smaller messages, or raise the limit there.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "unreadable-message": {
    text: "A proxy cut or changed a message, or client and server use different protocols. The message itself is in Messages.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "token-expired": {
    text: "Let accessTokenFactory return a fresh token each time; it is called for every negotiate.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz`,
  },
  "connection-not-found": {
    text: "The server was restarted, or the request reached another server. Every request of an HTTP transport must reach the server that answered the negotiate: enable sticky sessions.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "connect-handler-failed": {
    text: "The exception is in the server's log; with EnableDetailedErrors the client receives it too. This Close allows no reconnect.",
    link: `${DOCS}aspnet/core/signalr/hubs#handle-events-for-a-connection`,
  },
  "idle-timeout": {
    text: "The idle timeout of a load balancer or proxy is shorter than the time between pings. Set KeepAliveInterval on the server well below it, or raise the idle timeout. Long polling has no pings: the proxy must wait for an answer longer than LongPolling.PollTimeout (90 s), or set PollTimeout below it.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "lifetime-limit": {
    text: "Load balancers limit the duration of a request, and so of a WebSocket: Google Cloud 30 s by default, Cloud Run 5 minutes, others an hour. Raise the timeout of the backend service; pings don't help.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "azure-service": {
    text: "Maintenance, a restart, or the app server lost its own connection to the service; the service's resource logs show which. A retry policy with jitter spreads the reconnects.",
    link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  },
  "ended-by-server": {
    text: "The server closed the connection or is shutting down. With long polling there is no Close message with more details.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "circuit-ended": {
    text: "The exception is in the server's log; with DetailedErrors the page gets it, too. Only a reload helps the user.",
    link: `${DOCS}aspnet/core/blazor/fundamentals/handle-errors`,
  },
  "abrupt-loss": {
    text: "The cause may be the network, a proxy or the server: the page can't tell. Stateful reconnect bridges short losses.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-stateful-reconnect`,
  },
  "start-failed": null,
  hanging: null,
  unknown: {
    text: "Check the logs of the server, of its proxies, and of the client at level Debug.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
};

const OBSTACLE_ADVICE: Readonly<Record<ObstacleName, Advice>> = {
  unreachable: {
    text: "No server listens at that address, the network or a firewall blocks it, or CORS forbids it. A page can't see which; the Network panel shows it. For another origin, the server must allow the page's origin and credentials.",
    link: `${DOCS}aspnet/core/signalr/security#cross-origin-resource-sharing`,
  },
  unauthorized: {
    text: "The user is signed out, or the token is missing or expired. accessTokenFactory is called for every negotiate: let it return a fresh token. A retry with the same token can't succeed; sign in first.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz`,
  },
  forbidden: {
    text: "The server knows the user and denies access: check the hub's [Authorize] policy and the roles in the token. A retry can't succeed until one of them changes.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz#authorize-users-to-access-hubs-and-hub-methods`,
  },
  "not-found": {
    text: "Compare the URL with MapHub on the server, and check for a proxy that doesn't forward this path.",
    link: `${DOCS}aspnet/core/signalr/hubs#configure-signalr-hubs`,
  },
  throttled: {
    text: "Too many clients connect at once, or a service limit is reached. Pass withAutomaticReconnect a policy with longer, random delays that respects Retry-After.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "server-error": {
    text: "An exception on the server, often in authentication, in middleware before the hub, or in the hub's dependencies. It is in the server's log.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  unavailable: {
    text: "The server is stopped, starting or being deployed. Use a retry policy with jitter that lasts longer than a deployment, so that clients don't all reconnect at once.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "gateway-timeout": {
    text: "The proxy timed out waiting for the server, which is slow, overloaded or doesn't accept connections. Check what the negotiate waits for (authentication, a cold start), or raise the proxy's timeout.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "token-too-long": {
    text: "A browser sends the token of a WebSocket or event stream in the URL, which many servers and proxies limit to 8 KB. Keep fewer claims in the token, or raise the limit.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz#bearer-token-authentication`,
  },
  "service-worker": {
    text: "Exclude the hub's paths in the service worker's fetch handler (Angular: ngsw-bypass).",
    link: `${DOCS}aspnet/core/signalr/javascript-client`,
  },
  "sign-in-redirect": {
    text: "The session has ended, and the server redirects to its sign-in page. Let it answer 401 for the hub's paths, and let the app sign in again.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz`,
  },
  refused: {
    text: "This is not SignalR's own answer: check for a proxy, a redirect or middleware before the hub.",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "not-signalr": {
    text: "Often it is the app's start page, sent for every unknown path. Compare the URL with MapHub, and check the order of routes on the server and its proxy.",
    link: `${DOCS}aspnet/core/signalr/hubs#configure-signalr-hubs`,
  },
  "old-signalr": {
    text: "The protocols differ: use ASP.NET Core SignalR on the server, or the older client in the app.",
    link: `${DOCS}aspnet/core/signalr/version-differences`,
  },
  "transport-failed": {
    text: "A proxy that doesn't forward WebSocket upgrades (nginx needs proxy_http_version 1.1 and the Upgrade and Connection headers), or several servers without sticky sessions: the connection must reach the server that answered the negotiate.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "no-such-connection": {
    text: "Several servers without sticky sessions: the connection must reach the server that answered the negotiate. Or it came too late: the server drops an unused negotiate after 15 s, Azure after 5 s.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "before-request": {
    text: "Check accessTokenFactory: if it throws or rejects, the attempt ends. A WebSocket without a negotiate that never opened looks the same.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz#bearer-token-authentication`,
  },
  "handshake-late": {
    text: "The handshake was delayed for longer than HandshakeTimeout (15 s). Behind nginx, WebSockets need proxy_http_version 1.1 with the Upgrade and Connection headers, and event streams proxy_buffering off. Otherwise check whether the page was busy while connecting.",
    link: `${DOCS}aspnet/core/signalr/scale#linux-with-nginx`,
  },
  "handshake-refused": {
    text: "The server's message is in the evidence. Usually the server doesn't support the hub protocol of the client: MessagePack must be added on both sides.",
    link: `${DOCS}aspnet/core/signalr/messagepackhubprotocol`,
  },
  "azure-refused": {
    text: "Usually no app server is connected to the service: check that it runs, its connection string, and the service mode (Default needs an app server, Serverless has none). Or a service limit is reached. The service's message is in the evidence.",
    link: `${DOCS}azure/azure-signalr/signalr-howto-troubleshoot-guide`,
  },
  "handshake-unanswered": {
    text: "A proxy that forwards the upgrade but not the messages, a server too busy to answer within its HandshakeTimeout (15 s), or a WebSocket server at this address that is not SignalR.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  },
  "token-pending": {
    text: "start() waits for the promise of accessTokenFactory without a limit. Let it reject after a time: a sign-in window that was closed, or a request without a timeout, never settles it. After 15 s the server has also forgotten the negotiate (Azure: 5 s).",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz#bearer-token-authentication`,
  },
  "negotiate-unanswered": {
    text: "The server is starting or blocked (a cold start, a deadlock in middleware, an exhausted thread pool), or a proxy or firewall drops the request. The client gives up after 100 s (timeout in the options of withUrl).",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "upgrade-unanswered": {
    text: "The client has no timeout of its own here. Usual reasons: a development proxy without ws: true, a Content-Security-Policy whose connect-src lacks ws: or wss: (in Chromium such a WebSocket never closes; the console names it), a proxy that accepts the upgrade and keeps it, or a connection that no firewall answers. Limit the time with your own timer and stop().",
    link: `${DOCS}aspnet/core/signalr/scale`,
  },
  "event-stream-unanswered": {
    text: "A proxy that buffers answers keeps the beginning of the stream: nginx needs proxy_buffering off, others have a switch for streaming or compression. Or the server accepts the request and doesn't answer.",
    link: `${DOCS}aspnet/core/signalr/scale#linux-with-nginx`,
  },
  "poll-unanswered": {
    text: "The server answers the first poll at once, so it or a proxy holds the request. Check the server's log for the request, and the proxy for buffering.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "connections-in-use": {
    text: "With HTTP/1.1 a browser opens six connections to a host, for all tabs together, and each event stream and each poll holds one. Use WebSockets or HTTP/2, share one connection (a SharedWorker), or stop connections that aren't needed.",
    link: "https://developer.mozilla.org/en-US/docs/Web/API/EventSource",
  },
  "no-ping": {
    text: "The server pings every 15 s (KeepAliveInterval). A proxy that buffers the answer, or a network that lost the connection without a sign, keeps its messages away; or KeepAliveInterval on the server is longer than the client's server timeout.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  },
  "no-transport": {
    text: "A fault of the JavaScript client: its connection ended while it was starting, and it didn't notice. No callback comes and every call fails. Call stop() and start() again when a call fails although the state is Connected.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  },
};
