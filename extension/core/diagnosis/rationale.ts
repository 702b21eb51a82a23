/** The conditions under which each cause and obstacle is reported, in words, for docs/causes.md. The rules themselves are in rules.ts and obstacles.ts. */
import type { CauseName, ObstacleName } from "./verdict.ts";

export const CAUSE_RATIONALE: Readonly<Record<CauseName, string>> = {
  injected:
    "A fault of Hubscope closed the socket or sent the Close (high), or a lasting one was active at the time",
  "server-close":
    "A Close message with allowReconnect, and no sign of another cause (medium where it has an unspecified error)",
  "server-closed-for-good":
    "A Close message without allowReconnect: Context.Abort(), a sign-out, or the server's own decision",
  "client-ping-timeout":
    "A Close that allows a reconnect and says so, or comes after the client had sent nothing for 30 s (high); one with an unspecified error, while a ping of the client was overdue or after the same silence as before (medium; high in a tab that was hidden, frozen or blocked by a long task)",
  "message-too-large":
    "A Close that names the maximum message size (high), or one with an error right after a message above 32 KB was sent (medium)",
  "server-timeout":
    "The client's own reason, or its timeout elapsed in silence before it closed the socket (high); from the wire alone: it left after 30 s of silence, or when pings of the server were overdue, without a Close of its own (medium)",
  asleep:
    "The computer's clock moved 10 s or more against the page's around the loss (medium); or nothing was received or sent for far longer than the client's server timeout: its own timer didn't run (high; medium in a hidden tab, and from the wire alone, where an overdue ping goes out in the moment of the loss or the server's pings had been far more frequent)",
  "tab-frozen":
    "The tab froze, and the connection was lost within 100 ms of the resume (high) or later (medium); or the server timeout elapsed in the meantime",
  "back-forward-cache": "pageshow from the back/forward cache, then the loss within 500 ms (high) or 2 s",
  "page-left":
    "A clean close (1000 or 1001) that the client didn't ask for, and the page unloaded within 200 ms (high) or a second (medium), or in Firefox within 5 s after 1000 (low): Firefox closes the sockets when a navigation begins, and unloads the page when the next one arrives; or a start() without any answer, and the page unloaded within 200 ms (medium) or a second (low), in Firefox",
  offline:
    "The browser reported offline during the loss (high) or up to 5 s before (medium); or the network layer reports for the poll, or for the first try after the loss, that there is no network (high) or that it changed (medium)",
  "server-gone":
    "One of the first three attempts after the loss, or (unless its own was answered) of a connection lost at the same moment, got 502 or 503, or was refused a connection (high), 504 or no answer (medium)",
  "circuit-ended": "Blazor Server: JS.Error came from the server less than 5 s before (high)",
  "closed-by-server-socket":
    "Close code 1012 or 1013 (high; medium with a custom reason), 1001 or an unusual one, or 1000 in another browser than Firefox (medium), without a Close message; a server that shuts down ends with 1006",
  "closed-by-browser":
    "Firefox: close code 1000 without a Close message and without a close() by the page (low; medium where other connections were lost at the same moment). A download link, a navigation answered 204 and window.stop() cause it",
  "server-send-error": "Close code 1011 (high; medium with a custom reason)",
  "frame-too-large":
    "Close code 1009 after a message above 16 KB in either direction (high; medium without one, or with a custom reason; low with neither), or the connection was lost within half a second after more than 16 KB were sent (medium)",
  "unreadable-message":
    "The client's own reason (high); from the wire: it closed the socket while reading an invalid message (medium)",
  "token-expired":
    "A Close at the token's expiry time, or a 401 on a poll or negotiate after it (high); a 401 without a known expiry (medium)",
  "connection-not-found": "A poll was answered 404",
  "connect-handler-failed":
    "A Close with an error and without allowReconnect within 2 s (high) or 10 s of the handshake, before a call was answered where the message is a hub's own, or before any other message",
  "idle-timeout":
    "Lost after the same idle time as another connection, 20 s or three times, and no connection survived a longer idle time (high; medium where it was shorter, or once after 20 s and longer than between pings); or a poll that had waited 5 s or more got 503 or 504 while the next attempt was answered (medium; high after the same time again)",
  "lifetime-limit":
    "Lost at the same age as another connection while none grew older: a round time or three times (high), otherwise medium",
  "azure-service":
    "A Close with a message that only the service sends (high); another Close, or close code 1000 or 1001, of a connection to Azure SignalR Service (medium)",
  "ended-by-server": "The last poll was answered 204",
  "abrupt-loss":
    "Close code 1006, an event stream that ended, or a poll without an answer, and no sign of another cause",
  "start-failed": "A start() that ended without a connection; the obstacle says why",
  hanging:
    "A step took longer than client or server would wait for it, or still waits: 30 s for a negotiate, 15 s for other steps of a start, the client's server timeout for the first ping. Time in which the page was hidden or frozen doesn't count. It begins to be shown after 5 s. What is usually behind it is only probable (medium)",
  unknown:
    "No cause is visible to the page; or the connection was read from DevTools (that of a worker) or from a file of another tool, which don't tell how it ended",
};

export const OBSTACLE_RATIONALE: Readonly<Record<ObstacleName, string>> = {
  unreachable:
    "The negotiate had no HTTP answer, and the browser doesn't tell why, or says that the address is unreachable",
  csp: "The page's Content Security Policy blocked the request (the securitypolicyviolation event names it)",
  cors: "The negotiate or event stream went to another origin and the page got nothing, while the network layer saw an answer, or a preflight that failed (Firefox, high); or it reports only that the request failed (Chromium, medium)",
  "bad-certificate": "The network layer reports an error of the server's certificate",
  "tls-failed": "The network layer reports another TLS error",
  "proxy-failed": "The network layer reports that the browser's own proxy failed",
  "name-not-resolved": "The network layer reports that the host name was not resolved",
  "connection-refused": "The network layer reports that the connection was refused",
  "unsafe-port":
    "The network layer reports a port to which browsers don't connect (Chromium); or the address names one of these ports, and there was no answer and no other reason (inferred: high; medium where nothing was seen of the attempt)",
  "local-network":
    "The network layer reports that local network access was denied (Chrome 142 or later; not seen in a test)",
  "blocked-by-client":
    "The network layer reports that an extension or a policy blocked the request (not seen in a test)",
  "network-changed": "The network layer reports that the network changed (Chromium; not seen in a test)",
  "no-network": "The network layer reports that the computer has no network",
  "timed-out": "The network layer reports a timeout",
  "cut-while-connecting":
    "The network layer reports that the connection was reset or closed without an answer",
  unauthorized: "401",
  forbidden: "403 at the negotiate",
  "not-found": "404 at the negotiate",
  throttled: "429, with Retry-After where the server sends it",
  "server-error": "500, or another 5xx at the negotiate",
  unavailable: "502 or 503",
  "gateway-timeout":
    "504, or Cloudflare's 524: the server (or the network to it) took longer than the proxy waits",
  "cdn-no-answer":
    "520 to 530, but 524 to 526: Cloudflare's statuses for a server that it could not reach or understand",
  "origin-tls":
    "525 or 526: no TLS connection between Cloudflare (or another proxy that uses these) and the server, or an invalid certificate there",
  "token-too-long":
    "413, 414 or 431, 400 with a message that says so (nginx), or a transport with a URL above 8,000 characters that closed before it opened, where none as long has worked: the token is part of that URL",
  "service-worker":
    "The answer to a fetch was made in the page, which has a service worker, and didn't come from the network",
  "sign-in-redirect":
    "A negotiate that was redirected and answered there with an HTML page, or a redirect that the client didn't follow; or one that the network layer saw redirected, and the page got no answer (high if the address says sign-in, otherwise medium)",
  refused: "Another status at the negotiate",
  "not-signalr": "A negotiate answered with 2xx and no connection",
  "negotiate-refused": "A negotiate answered with 2xx and an `error`, as SignalR servers do",
  "empty-answer": "A negotiate answered with 2xx whose body is empty or could not be read to its end",
  "redirect-loop": "The browser reports it (ERR_TOO_MANY_REDIRECTS, NS_ERROR_REDIRECT_LOOP)",
  "old-signalr": "A negotiate answered with a ProtocolVersion",
  "transport-failed":
    "The WebSocket closed before it opened, and its status is not known or is another one (403 from a proxy, for example)",
  "event-stream-failed":
    "The event stream failed before it opened, and neither a status above 299 nor a network error is known: usually something else answered than an event stream; or its status is another one (medium)",
  "poll-failed": "The first poll got a status without a meaning of its own here (medium)",
  "no-such-connection": "404 at the transport, after a successful negotiate",
  "before-request":
    "The client reports a failed attempt for which nothing was sent, and it had negotiated before: usually its accessTokenFactory failed (low)",
  "after-negotiate":
    "The client reports a failed attempt whose negotiate was answered, and nothing was sent after it: it wants none of the transports that the server offered, or its accessTokenFactory failed before the transport (medium)",
  "nothing-seen":
    "The client reports a failed start, and it has never negotiated. Either its accessTokenFactory failed, or it skips the negotiate: such a WebSocket isn't recognised before it opens (low)",
  "handshake-refused": "The server's answer to the handshake has an error",
  "azure-refused":
    "The answer to the handshake, or to a negotiate with 500 or above, has a message that only Azure SignalR Service or its SDK sends",
  "handshake-late":
    'The server answered "Handshake was canceled.": it got none within its HandshakeTimeout. The evidence shows which transport, when it opened, and when the client sent its handshake',
  "handshake-unanswered":
    "The transport opened and closed before an answer to the handshake, or the client gave up waiting for it",
  "token-pending":
    "The client is Connecting and has sent nothing for 15 s, or sent nothing for 15 s after an answered negotiate. A WebSocket without a negotiate that doesn't open looks the same (medium; without the probe, where the app may have called stop(), low)",
  "negotiate-unanswered": "No answer for 30 s; or it failed without an answer after 10 s or more",
  "upgrade-unanswered":
    "A WebSocket has neither opened nor closed for 15 s, or closed without opening after 10 s or more, with no status reported",
  "event-stream-unanswered": "The same for an event stream",
  "poll-unanswered": "The same for the first poll, which a server answers at once",
  "connections-in-use":
    "A request waited 5 s or more, while event streams and polls of the recorded page and its frames held six connections to that host, which are all that a browser opens with HTTP/1.1 (high for http, medium for https, where HTTP/2 has no such limit)",
  "no-ping":
    "The handshake succeeded, and nothing has come since for the client's server timeout. A server pings every 15 s",
  "no-transport":
    "The client probe reads Connected from the HubConnection, the transport has been closed for 5 s, and nothing is tried",
};
