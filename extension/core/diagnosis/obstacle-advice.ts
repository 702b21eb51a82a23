/** Recommendations for each obstacle, each with a link to the docs. */
import type { ObstacleName } from "./verdict.ts";

export const DOCS = "https://learn.microsoft.com/";

export interface Advice {
  readonly text: string;
  readonly link: string | null;
}

const CLOUDFLARE =
  "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/";

export const OBSTACLE_ADVICE: Readonly<Record<ObstacleName, Advice>> = {
  unreachable: {
    text: "No server listens at that address, the network or a firewall blocks it, or CORS forbids it. A page can't see which; the Network panel shows it. For another origin, the server must allow the page's origin and credentials.",
    link: `${DOCS}aspnet/core/signalr/security#cross-origin-resource-sharing`,
  },
  csp: {
    text: "The page's policy must allow the hub in connect-src: its https: origin, and its wss: origin too (ws: and http: without TLS), as 'self' doesn't cover WebSockets in every browser. In Chromium a client whose WebSocket is blocked waits forever: start() never ends.",
    link: "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/connect-src",
  },
  cors: {
    text: "The answer needs Access-Control-Allow-Origin with the page's origin (not *) and Access-Control-Allow-Credentials: true. Put UseCors before the hub's endpoints. A proxy's own error page, or a sign-in redirect, has no such headers: check the server's log for what was really answered.",
    link: `${DOCS}aspnet/core/signalr/security#cross-origin-resource-sharing`,
  },
  "bad-certificate": {
    text: "Open the hub's address in a tab: the browser shows what is wrong with the certificate. In development, run dotnet dev-certs https --trust. A company's proxy that inspects TLS, or the sign-in page of a public Wi-Fi, looks the same.",
    link: `${DOCS}aspnet/core/security/enforcing-ssl#trust-the-aspnet-core-https-development-certificate`,
  },
  "tls-failed": {
    text: "Often the address says https: and the port speaks plain HTTP, or server and browser have no TLS version in common.",
    link: `${DOCS}aspnet/core/fundamentals/servers/kestrel/endpoints`,
  },
  "proxy-failed": {
    text: "Check the proxy in the browser's or system's settings.",
    link: null,
  },
  "name-not-resolved": {
    text: "Check the host name in withUrl, and DNS or VPN: a name that only a company's network knows isn't found outside of it.",
    link: null,
  },
  "connection-refused": {
    text: "The computer answers, but no server listens on that port: it is stopped, still starting, or uses another port.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "unsafe-port": {
    text: "Browsers refuse some ports of other protocols (such as 6000 or 6667). Let the server use another port.",
    link: "https://fetch.spec.whatwg.org/#port-blocking",
  },
  "local-network": {
    text: "Chrome 142 or later asks before a public page may access the local network; the user or a policy said no, or the page isn't secure (https:). Allow it in the site's settings.",
    link: "https://developer.chrome.com/blog/local-network-access",
  },
  "blocked-by-client": {
    text: "Usually an ad or tracking blocker: exclude the site there, or use a path that block lists don't contain. Policies of a company can block addresses, too.",
    link: null,
  },
  "network-changed": {
    text: "The computer moved to another network (Wi-Fi, cable, VPN), which ends all requests. The next attempt usually succeeds: use automatic reconnect, and call start() again when it fails.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  },
  "no-network": {
    text: "Use a retry policy that lasts longer than the outage, or try again on the page's online event.",
    link: `${DOCS}aspnet/core/signalr/javascript-client#automatically-reconnect`,
  },
  "timed-out": {
    text: "Nothing answers at that address: a firewall drops the packets, or the server is off or on another network.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "cut-while-connecting": {
    text: "The server or something before it ended the connection without an answer: a crash while handling the request, a firewall, or a proxy without a server behind it.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
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
  "cdn-no-answer": {
    text: "Cloudflare's statuses: 520, the server's answer was empty or broken; 521, it refused the connection; 522, it did not accept it in time; 523, there is no route to it; 530, the body has another error, often that a name isn't found or a tunnel is down. Check that the server runs, that its firewall lets the CDN's addresses in, and the address that the CDN has of it.",
    link: CLOUDFLARE,
  },
  "origin-tls": {
    text: "525: the TLS handshake between the CDN and the server failed; 526: the CDN does not accept the server's certificate (expired, for another name, self-signed). It isn't the certificate that the browser sees, but the server's own behind the CDN: renew it, or compare the CDN's encryption mode (Cloudflare: Full or Full (strict)) with what the server offers.",
    link: CLOUDFLARE,
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
  "negotiate-refused": {
    text: "The server's own words are in the evidence. A client that is too old for the server's MinimumProtocolVersion is refused like this, and so is one by a serverless endpoint's code.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-server-options`,
  },
  "empty-answer": {
    text: "The connection was cut during the answer, or something before the hub answers without content. Compare it in the browser's Network panel.",
    link: `${DOCS}aspnet/core/signalr/diagnostics`,
  },
  "redirect-loop": {
    text: "The server or a proxy redirects the hub's address to itself, often between http and https or with and without a trailing slash. Exclude the hub's paths from such redirects.",
    link: `${DOCS}aspnet/core/host-and-deploy/proxy-load-balancer`,
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
  "event-stream-failed": {
    text: "A browser closes an event stream whose answer is not text/event-stream: usually the app's start page, or a sign-in or error page of a proxy or CDN, answered instead of the hub. Look at its status and Content-Type in the Network panel. A proxy must pass GET requests for the hub's path, with their query, to the server that answered the negotiate.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "poll-failed": {
    text: "Something between the page and the hub answered the GET that follows the negotiate: a proxy must pass the hub's path with every method and its query, to the server that answered the negotiate.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "no-such-connection": {
    text: "Several servers without sticky sessions: the connection must reach the server that answered the negotiate. Or it came too late: the server drops an unused negotiate after 15 s, Azure after 5 s.",
    link: `${DOCS}aspnet/core/signalr/scale#sticky-sessions`,
  },
  "before-request": {
    text: "Check accessTokenFactory: if it throws or rejects, the attempt ends.",
    link: `${DOCS}aspnet/core/signalr/authn-and-authz#bearer-token-authentication`,
  },
  "after-negotiate": {
    text: "Compare the transports that the server offers (in the evidence) with the transport option of withUrl: a client that wants others tries none. On the server they are set in MapHub (Transports). MessagePack doesn't work over server-sent events. If one fits, check accessTokenFactory: it is called before the transport, too, and if it throws, the attempt ends.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-allowed-transports`,
  },
  "nothing-seen": {
    text: "The error with which start() was rejected tells which it is. With skipNegotiation, a WebSocket that doesn't open isn't recognised as SignalR's: the Network panel shows it, and what the server or a proxy answered. Without, check accessTokenFactory: if it throws or rejects, the attempt ends.",
    link: `${DOCS}aspnet/core/signalr/configuration#configure-additional-options`,
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
    text: "start() waits for the promise of accessTokenFactory without a limit. Let it reject after a time: a sign-in window that was closed, or a request without a timeout, never settles it.",
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
