/** Breaks caused by the server. */
import { big, killServer, retries, serverDoes, type Provocation } from "./provocation.ts";

export const AT_THE_SERVER: readonly Provocation[] = [
  {
    name: "server killed",
    how: "kill -9 of the ASP.NET Core server; started again on the same port after a second",
    expected: "server-gone",
    client: retries,
    provoke: killServer,
  },
  {
    name: "server stopped",
    // A client that reconnects at once may still be accepted by the server that is shutting down, which then sends no pings.
    how: "SIGTERM to the ASP.NET Core server, started again on the same port after a second; the client waits before it tries",
    expected: "server-gone",
    client: { retries: [800, 1_000, ...retries.retries] },
    async provoke({ restart, untilTold }) {
      await restart("stop", 1_000);
      await untilTold("reconnected");
    },
  },
  {
    name: "token expired",
    how: "The hub closes connections whose authentication expired; the first token lasts for 6 s",
    expected: "token-expired",
    client: { ...retries, tokens: ["6", "6", "3600"] },
    hub: "/hubs/secure",
    async provoke({ untilTold }) {
      await untilTold("reconnected");
    },
  },
  {
    name: "server Close, reconnect allowed",
    how: "The server sends Close with allowReconnect",
    expected: "server-close",
    client: retries,
    provoke: serverDoes({ do: "sendClose", allowReconnect: true }),
  },
  {
    name: "server Close for good",
    how: "The server sends Close without allowReconnect, with an error",
    expected: "server-closed-for-good",
    client: retries,
    provoke: serverDoes({ do: "sendClose", error: "Signed in elsewhere." }, "closed"),
  },
  {
    name: "Azure without an app server",
    how: "The server closes for good, in the words of Azure SignalR Service, right after the connection came up",
    expected: "azure-service",
    client: retries,
    async provoke({ control, untilTold }) {
      await control({
        do: "sendClose",
        error: "No app server is currently connected to the Azure service.",
      });
      await untilTold("closed");
    },
  },
  {
    name: "Context.Abort()",
    how: "A hub method calls Context.Abort()",
    expected: "server-closed-for-good",
    client: retries,
    async provoke({ send, untilTold, invoke }) {
      await invoke("Echo", 1);
      await send("AbortMe");
      await untilTold("closed");
    },
  },
  {
    name: "message too large",
    how: "The app invokes a method with 40 KB; the server takes 32 KB",
    expected: "message-too-large",
    client: retries,
    async provoke({ send, untilTold }) {
      await send("Echo", big(40_000));
      await untilTold("reconnected");
    },
  },
  {
    name: "throttled",
    how: "The connection is cut, and the next negotiate is answered 429 with Retry-After",
    expected: "abrupt-loss, then throttled",
    client: retries,
    provoke: serverDoes([
      { do: "answerNegotiates", status: 429, count: 1, retryAfterSeconds: 7 },
      { do: "dropSockets" },
    ]),
  },
  {
    name: "proxy without a server",
    how: "The connection is cut, and the next two negotiates are answered 503, as a proxy does while nothing is behind it",
    expected: "server-gone",
    client: retries,
    provoke: serverDoes([{ do: "answerNegotiates", status: 503, count: 2 }, { do: "dropSockets" }]),
  },
  {
    name: "unreadable message",
    how: "The server sends a text that is no hub message",
    expected: "unreadable-message",
    client: retries,
    provoke: serverDoes({ do: "sendText", text: '{"type":1,"target":"messageReceived","arguments":[' }),
  },
  {
    name: "hub method throws",
    how: "A hub method throws a HubException: the call fails, the connection stays",
    expected: "fine",
    async provoke({ invoke }) {
      await invoke("Fail", "no").catch(() => undefined);
    },
  },
  {
    name: "close code 1011",
    how: "The server closes the socket with 1011",
    expected: "server-send-error",
    client: retries,
    provoke: serverDoes({ do: "closeSockets", code: 1011 }),
  },
  {
    name: "close code 1001",
    how: "The server closes the socket with 1001",
    expected: "closed-by-server-socket",
    client: retries,
    provoke: serverDoes({ do: "closeSockets", code: 1001 }),
  },
  {
    name: "server killed, no negotiate",
    how: "kill -9 of the server under a client that skips the negotiate; started again after a second",
    // Without a negotiate it can't be seen whether no server answers or the upgrade is refused, except in Firefox
    // (CONNECTION_REFUSED).
    expected: "abrupt-loss",
    expectedIn: { firefox: "server-gone" },
    client: { ...retries, skipNegotiation: true },
    provoke: killServer,
  },
  {
    name: "server killed, stateful",
    how: "kill -9 of a server with stateful reconnect: the resume fails, and the new server knows nothing",
    expected: "server-gone",
    client: { ...retries, stateful: true },
    hub: "/hubs/stateful",
    provoke: killServer,
  },
  {
    name: "server stays away",
    how: "kill -9 of the server, which is started again only when the client has given up",
    expected: "server-gone",
    client: { retries: [0, 200, 500] },
    async provoke({ end, serverBegins, untilTold }) {
      await end("kill");
      await untilTold("closed");
      await serverBegins();
    },
  },
  {
    name: "upgrade refused after a loss",
    how: "The connection is cut, and the next upgrade is answered 503 though the negotiate is not",
    // Chromium doesn't report the status to an extension either.
    expected: "abrupt-loss",
    expectedIn: { firefox: "server-gone" },
    client: retries,
    provoke: serverDoes([{ do: "refuseUpgrades", status: 503, count: 1 }, { do: "dropSockets" }]),
  },
  {
    name: "server Close, no policy",
    how: "The server sends Close with allowReconnect to a client without automatic reconnect",
    expected: "server-close",
    provoke: serverDoes({ do: "sendClose", allowReconnect: true }, "closed"),
  },
  {
    name: "message too large, in detail",
    how: "The same with EnableDetailedErrors and a limit of 1,000 bytes",
    expected: "message-too-large",
    client: retries,
    hub: "/hubs/board?detailedErrors=1&maximumMessage=1000",
    async provoke({ send, untilTold }) {
      await send("Echo", big(4_000));
      await untilTold("reconnected");
    },
  },
  {
    name: "unreadable message, MessagePack",
    how: "The server sends a text to a MessagePack client",
    expected: "unreadable-message",
    client: { ...retries, protocol: "messagepack" },
    provoke: serverDoes({ do: "sendText", text: "hello" }),
  },
  {
    name: "close code 1009",
    how: "The other end closes the socket with 1009",
    expected: "frame-too-large",
    client: retries,
    provoke: serverDoes({ do: "closeSockets", code: 1009 }),
  },
];
