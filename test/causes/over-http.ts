/** Breaks of event streams and long polling, where requests fail with a status. */
import { cut, killServer, retries, serverDoes, type Provocation } from "./provocation.ts";

export const OVER_HTTP: readonly Provocation[] = [
  {
    name: "OnConnectedAsync throws, event stream",
    how: "OnConnectedAsync of the hub sends a message and then throws, over an event stream",
    // The Close message may arrive just before or just after the client has finished its start.
    expected: ["start: connect-handler-failed", "connect-handler-failed"],
    client: { ...retries, transport: "ServerSentEvents" },
    async before({ control, start }) {
      await control({ do: "failConnected", count: 1, greets: true });
      await start();
    },
    async provoke({ untilRecorded }) {
      await untilRecorded(
        "the server's Close",
        (event) => event.kind === "message" && event.type === 7 && event.direction === "in",
      );
    },
  },
  {
    name: "token expired, long polling",
    how: "The same over long polling",
    expected: "token-expired",
    client: { ...retries, tokens: ["6", "3600"], transport: "LongPolling" },
    hub: "/hubs/secure",
    async provoke({ untilTold }) {
      await untilTold("reconnected");
    },
  },
  {
    name: "poll loop ended",
    how: "The server ends the connection of a long polling client (204)",
    expected: "ended-by-server",
    client: { ...retries, transport: "LongPolling" },
    provoke: serverDoes({ do: "closeSockets", code: 1000 }),
  },
  {
    name: "connection forgotten, long polling",
    how: "The server has lost all connections: the next poll is answered 404",
    expected: "connection-not-found",
    client: { ...retries, transport: "LongPolling" },
    async provoke({ control, untilTold, send, invoke }) {
      await invoke("Echo", 1);
      await control({ do: "loseConnections" });
      await send("Echo", 1).catch(() => undefined);
      await untilTold("reconnected");
    },
  },
  {
    name: "server killed, event stream",
    how: "kill -9 of the server under a Server-Sent Events client; started again after a second",
    expected: "server-gone",
    client: { ...retries, transport: "ServerSentEvents" },
    provoke: killServer,
  },
  {
    name: "server killed, long polling",
    how: "kill -9 of the server under a long polling client; started again after a second",
    expected: "server-gone",
    client: { ...retries, transport: "LongPolling" },
    provoke: killServer,
  },
  {
    name: "token expired, event stream",
    how: "The hub closes an event stream whose authentication expired",
    expected: "token-expired",
    client: { ...retries, tokens: ["6", "3600"], transport: "ServerSentEvents" },
    hub: "/hubs/secure",
    async provoke({ untilTold }) {
      await untilTold("reconnected");
    },
  },
  {
    name: "server Close, long polling",
    how: "The server sends Close with allowReconnect to a long polling client",
    expected: "server-close",
    client: { ...retries, transport: "LongPolling" },
    provoke: serverDoes({ do: "sendClose", allowReconnect: true }),
  },
  {
    name: "poll answered 503",
    how: "The next poll of a long polling client is answered 503",
    expected: "server-gone",
    client: { ...retries, transport: "LongPolling" },
    async provoke({ control, untilTold, invoke }) {
      await control({ do: "refuseTransports", transport: "LongPolling", status: 503, count: 1 });
      await invoke("Echo", 1).catch(() => undefined);
      await untilTold("reconnected");
    },
  },
  {
    name: "event stream forgotten",
    how: "The server cuts an event stream and has forgotten its connection",
    expected: "abrupt-loss",
    client: { ...retries, transport: "ServerSentEvents" },
    provoke: serverDoes({ do: "loseConnections" }),
  },
  {
    name: "event stream cut",
    how: "A TCP proxy cuts the event stream once",
    expected: "abrupt-loss",
    client: { ...retries, transport: "ServerSentEvents" },
    proxied: true,
    provoke: cut(),
  },
  {
    name: "long polling cut",
    // When a keep-alive connection breaks before the answer to a poll, both browsers send the poll again: the client doesn't
    // notice.
    how: "A TCP proxy cuts the waiting poll once",
    expected: "fine",
    client: { ...retries, transport: "LongPolling" },
    proxied: true,
    async provoke({ proxy, invoke }) {
      await invoke("Echo", 1);
      proxy.cut();
      await invoke("Echo", 2);
    },
  },
  {
    name: "stop(), event stream",
    how: "The app calls stop() on an event stream",
    expected: "stopped",
    client: { ...retries, transport: "ServerSentEvents" },
    async provoke({ stop }) {
      await stop();
    },
  },
  {
    name: "stop(), long polling",
    how: "The app calls stop() on a poll loop",
    expected: "stopped",
    client: { ...retries, transport: "LongPolling" },
    async provoke({ stop }) {
      await stop();
    },
  },
];
