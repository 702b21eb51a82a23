/** What prevents a connection from starting: the negotiate, the transport, the handshake. */
import type { ControlCommand } from "../harness/hubs/control-command.ts";
import type { Provocation } from "./provocation.ts";

/**
 * A start that fails because of a command to the server. Each start uses a proxy (and so a port) of its own: Firefox waits
 * longer and longer before it opens a WebSocket to an address where others have failed (half a minute after a dozen
 * failures).
 */
const failing = (
  name: string,
  how: string,
  commands: readonly ControlCommand[],
  rest: Pick<Provocation, "expected"> & Partial<Provocation>,
): Provocation => ({
  name,
  how,
  proxied: true,
  async before({ control, start }) {
    for (const command of commands) await control(command);
    await start();
  },
  async provoke({ untilTold }) {
    await untilTold("start failed");
  },
  ...rest,
});

const negotiate = (status: number, says: string, expected: string, body = ""): Provocation =>
  failing(
    `start, negotiate ${status}${status === 200 ? ` (${expected.slice(7)})` : ""}`,
    `The first negotiate is answered ${says}`,
    [{ do: "answerNegotiates", status, count: 1, body, ...(status === 429 ? { retryAfterSeconds: 5 } : {}) }],
    { expected },
  );

/** Only Firefox reports the status of a refused upgrade to extensions. */
const upgrade = (status: number, inFirefox: string): Provocation =>
  failing(
    `start, upgrade ${status}`,
    `The negotiate is answered as usual, and the WebSocket's upgrade with ${status}`,
    [{ do: "refuseUpgrades", status, count: 1 }],
    { expected: "start: transport-failed", expectedIn: { firefox: `start: ${inFirefox}` } },
  );

const HTML = "<!doctype html><title>Board</title><div id=app></div>";
const LEGACY = '{"Url":"/signalr","ConnectionToken":"a","ConnectionId":"b","ProtocolVersion":"2.1"}';

export const AT_THE_START: readonly Provocation[] = [
  negotiate(401, "401", "start: unauthorized"),
  negotiate(403, "403", "start: forbidden"),
  negotiate(404, "404", "start: not-found"),
  negotiate(429, "429 with Retry-After", "start: throttled"),
  negotiate(500, "500", "start: server-error"),
  negotiate(503, "503", "start: unavailable"),
  negotiate(200, "with a page of HTML", "start: not-signalr", HTML),
  negotiate(200, "as an ASP.NET SignalR 2.x server does", "start: old-signalr", LEGACY),
  failing("start, nobody there", "Nothing listens at the hub's address", [], {
    expected: "start: connection-refused",
    proxied: true,
    async before({ proxy, start }) {
      await proxy.stop();
      await start();
    },
  }),
  failing("start, nobody there, no negotiate", "The same with a client that skips the negotiate", [], {
    // A WebSocket that fails says nothing of why. That it is SignalR's is known from the client's address.
    expected: "start: transport-failed",
    client: { skipNegotiation: true },
    proxied: true,
    async before({ proxy, start }) {
      await proxy.stop();
      await start();
    },
  }),
  failing(
    "handshake refused",
    "The server refuses the handshake with an error",
    [{ do: "refuseHandshakes", error: "The protocol 'json' is not supported.", count: 1 }],
    { expected: "start: handshake-refused" },
  ),
  failing(
    "start, Azure without an app server",
    "The handshake is refused in the words of Azure SignalR Service",
    [
      {
        do: "refuseHandshakes",
        error: "No app server is currently connected to the Azure service.",
        count: 1,
      },
    ],
    { expected: "start: azure-refused" },
  ),
  failing("handshake unanswered", "A TCP proxy lets the upgrade pass and swallows the handshake", [], {
    expected: "start: handshake-unanswered",
    client: { serverTimeout: 2_000 },
    proxied: true,
    async before({ proxy, start }) {
      proxy.goSilentAfterUpgrade();
      await start();
    },
  }),
  upgrade(401, "unauthorized"),
  upgrade(403, "transport-failed"),
  upgrade(404, "no-such-connection"),
  upgrade(429, "throttled"),
  upgrade(503, "unavailable"),
  failing(
    "no sticky session, WebSockets",
    "The upgrade that follows the negotiate reaches a server that doesn't know its id (404)",
    [{ do: "forgetNegotiated", count: 1 }],
    { expected: "start: transport-failed", expectedIn: { firefox: "start: no-such-connection" } },
  ),
  failing(
    "no sticky session, long polling",
    "The poll that follows the negotiate reaches a server that doesn't know its id (404)",
    [{ do: "forgetNegotiated", count: 1 }],
    { expected: "start: no-such-connection", client: { transport: "LongPolling" } },
  ),
  failing(
    "WebSockets blocked",
    "A proxy answers every WebSocket upgrade with 403; the client falls back",
    [{ do: "blockTransports", transports: ["WebSockets"], status: 403 }],
    {
      expected: "fallback",
      everyTransport: true,
      async provoke({ untilTold }) {
        await untilTold("connected");
      },
    },
  ),
  failing(
    "every transport blocked",
    "A proxy answers 403 to every transport; the client tries one after the other",
    [{ do: "blockTransports", transports: ["WebSockets", "ServerSentEvents", "LongPolling"], status: 403 }],
    { expected: "start: poll-failed", everyTransport: true },
  ),
  failing(
    "OnConnectedAsync throws",
    "OnConnectedAsync of the hub throws",
    [{ do: "failConnected", count: 1 }],
    {
      // The Close message may arrive just before or just after the client has finished its start.
      expected: ["start: connect-handler-failed", "connect-handler-failed"],
      async provoke({ untilRecorded }) {
        await untilRecorded(
          "the server's Close",
          (event) => event.kind === "message" && event.type === 7 && event.direction === "in",
        );
      },
    },
  ),
];
