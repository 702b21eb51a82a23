/** Recommendations for each cause and obstacle, each with a link to the docs. */
import { verdictOf } from "./diagnose.ts";
import type { FailedStartOutcome } from "../model/types.ts";
import type { Trouble } from "./hang.ts";
import type { CauseName, Obstacle } from "./verdict.ts";
import { DOCS, OBSTACLE_ADVICE, type Advice } from "./obstacle-advice.ts";

export type { Advice };

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
    text: "The exception is in the server's log. Only a reload of the page helps the user.",
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
