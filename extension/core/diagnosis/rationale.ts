/** What each cause and obstacle rests on, in words, for docs/causes.md. The rules themselves are in rules.ts and obstacles.ts. */
import type { CauseName, ObstacleName } from "./verdict.ts";

export const CAUSE_RESTS_ON: Readonly<Record<CauseName, string>> = {
  injected:
    "A fault of Hubscope closed the socket or sent the Close (high), or one that lasts was on at the time",
  "server-close":
    "A Close message with allowReconnect, and nothing that says more (medium where it has an error that isn't named)",
  "server-closed-for-good":
    "A Close message without allowReconnect: Context.Abort(), a sign-out, or the server's own decision",
  "client-ping-timeout":
    "A Close that allows a reconnect and says so, or comes after the client had sent nothing for 30 s (high); one with an error that isn't named, while a ping of the client was overdue or after the same silence as before (medium; high in a tab that was hidden, frozen or blocked by a long task)",
  "message-too-large":
    "A Close that names the maximum message size (high), or one with an error right after a message above 32 KB was sent (medium)",
  "server-timeout":
    "The client's own reason, or its timeout elapsed in silence before it closed the socket (high); from the wire alone: it left after 30 s of silence, or when pings of the server were overdue, without a Close of its own (medium)",
  asleep:
    "Nothing was heard or sent for far longer than the client waits for its server: its own timer didn't run (high; medium in a hidden tab, and from the wire alone, where an overdue ping goes out in the moment of the loss or the server's pings had been far more frequent)",
  "tab-frozen":
    "The tab froze, and the loss came within 100 ms of its return (high) or later (medium); or the server timeout elapsed meanwhile",
  "back-forward-cache": "pageshow from the back-forward cache, then the loss within 500 ms (high) or 2 s",
  "page-left":
    "A clean end (1000 or 1001) that the client didn't ask for, and the page's own within 200 ms (high) or a second (medium): Firefox closes the sockets before it tells the page; a start that nothing answered, the page's end within 200 ms (medium) or a second (low), in Firefox",
  offline: "The browser said it was offline during the loss (high) or up to 5 s before (medium)",
  "server-gone":
    "One of the first three tries after the loss, or (unless its own was answered) of a connection lost in the same moment, was answered 502 or 503 (high), 504 or by nobody (medium)",
  "closed-by-server-socket":
    "Close code 1012 or 1013 (high; medium with a reason in other words), 1001 or an unusual one, or 1000 in another browser than Firefox (medium), without a Close message; a server that shuts down ends with 1006",
  "closed-by-browser":
    "Firefox: close code 1000 without a Close message and without a close() of the page (low; medium where other connections were lost in the same moment). A download link, a navigation that is answered 204 and window.stop() do that",
  "server-send-error": "Close code 1011 (high; medium with a reason in words that aren't the code's)",
  "frame-too-large":
    "Close code 1009 after a message above 16 KB in either direction (high; medium without one, or with a reason in other words; low with neither), or the connection broke within half a second after more than 16 KB were sent (medium)",
  "unreadable-message":
    "The client's own reason (high); from the wire: it closed the socket while it read a message that isn't one (medium)",
  "token-expired":
    "A Close at the time that the token named as its end, or a 401 on a poll or negotiate after it (high); a 401 without a known end (medium)",
  "connection-not-found": "A poll was answered 404",
  "connect-handler-failed":
    "A Close with an error and without allowReconnect within 2 s (high) or 10 s of the handshake, before a call was answered, where the words are a hub's own, or before anything else was said",
  "idle-timeout":
    "Nothing passed for as long as before another cut, 20 s or three times, and no connection lived through a longer quiet (high; medium where that was shorter, or once for 20 s and longer than between pings); a poll that had waited for 5 s or more was answered 503 or 504 while the next try was answered (medium; high after the same time again)",
  "lifetime-limit":
    "Cut at the same age as another one while none grew older: a round time or three times (high), or another time (medium)",
  "azure-service":
    "A Close in words that only the service has (high); another one, or close code 1000 or 1001, of a connection to Azure SignalR Service (medium)",
  "ended-by-server": "The last poll was answered 204",
  "abrupt-loss":
    "Close code 1006, an event stream that ended, or a poll without an answer, and nothing that explains it",
  "start-failed": "A start() that ended without a connection; the obstacle tells why",
  unknown: "Nothing that the page can see explains it",
};

export const OBSTACLE_RESTS_ON: Readonly<Record<ObstacleName, string>> = {
  unreachable: "The negotiate had no HTTP answer, or the network names the reason of a failed upgrade",
  unauthorized: "401",
  forbidden: "403 at the negotiate",
  "not-found": "404 at the negotiate",
  throttled: "429, with Retry-After where the server sends it",
  "server-error": "500, or another 5xx at the negotiate",
  unavailable: "502 or 503, or another gateway's 52x",
  "gateway-timeout":
    "504, or Cloudflare's 524: a proxy waited, and the server (or the way to it) took longer",
  "token-too-long":
    "413, 414 or 431, 400 in words that say so (nginx), or a transport with an address above 8,000 characters that closed before it opened, where none as long has worked: the token is part of that address",
  "service-worker":
    "The answer to a fetch was made in the page, which has a service worker, and didn't come from the network",
  "sign-in-redirect":
    "A negotiate that was led to another address and answered there with a page of HTML, or a redirect that the client didn't follow",
  refused: "Another status at the negotiate",
  "not-signalr": "A negotiate answered with 2xx and no connection",
  "old-signalr": "A negotiate answered with a ProtocolVersion",
  "transport-failed":
    "The transport closed before it opened, and its status isn't told or is another (403 of a proxy, for example)",
  "no-such-connection": "404 at the transport, after a negotiate that went well",
  "before-request":
    "The client says that a try failed of which nothing was sent: its accessTokenFactory failed, mostly",
  "handshake-refused": "The server's answer to the handshake has an error",
  "azure-refused":
    "The answer to the handshake, or to a negotiate with 500 or above, is in words that only Azure SignalR Service or its SDK uses",
  "handshake-late":
    'The server answered "Handshake was canceled.": it got none within its HandshakeTimeout. The evidence says which transport, how late it opened, and when the client sent its handshake',
  "handshake-unanswered":
    "The transport opened and ended before an answer to the handshake, or the client gave up waiting for it",
};
