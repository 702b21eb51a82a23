/** Pairs for faults that end connections. */
import {
  cutAtTheServer,
  injecting,
  lively,
  pair,
  type AnyPair,
  type Half,
  type Known,
  type Variant,
} from "../pair.ts";

const SOCKETS: readonly Variant[] = ["WebSockets", "WebSockets, stateful", "WebSockets, MessagePack"];

const afterCut: Half = {
  async act({ proxy, untilTold }) {
    proxy.cut();
    await untilTold("reconnected");
  },
};

/** The server closes the connection with this code, and the client reconnects. */
const closing = (code: number, reason = ""): Half => ({
  async act({ control, untilTold }) {
    await control({ do: "closeSockets", code, reason });
    await untilTold("reconnected");
  },
});

const CLOSE_FRAME: Known<"graceful-loss"> = {
  on: SOCKETS,
  at: "server",
  real: ["first: socket closed 1006"],
  injected: ["first: socket closed 1000"],
  because: "The server gets a WebSocket close frame without a code; a real proxy often only closes TCP.",
};

export const LOSING: readonly AnyPair[] = [
  pair({
    fault: "abrupt-loss",
    how: "a TCP proxy cuts both sides",
    on: ["WebSockets", "WebSockets, MessagePack", "ServerSentEvents"],
    real: afterCut,
    injected: injecting({ name: "abrupt-loss" }),
    known: cutAtTheServer(
      "The server is not notified for 15 s, then gets a close frame; a real server is notified immediately where both sides are cut, or waits for its client timeout (30 s by default).",
    ),
  }),
  pair({
    fault: "abrupt-loss",
    how: "a TCP proxy cuts both sides of a stateful connection",
    on: ["WebSockets, stateful"],
    real: {
      async act({ proxy, untilLogged, invoke }) {
        proxy.cut();
        await untilLogged("transport resumed");
        await invoke("Echo", 2);
      },
    },
    injected: {
      async act({ inject, invoke }) {
        await inject({ name: "abrupt-loss" });
        await invoke("Echo", 2);
      },
    },
    known: [
      {
        at: "server",
        real: [
          "first: socket closed 1006",
          "first: transport closed WebSockets",
          "first: transport resumed WebSockets",
          "first: sent Sequence Sequence",
          "first: received Sequence Sequence",
        ],
        because:
          "A stateful connection is resumed within the page: the server sees no loss and no resume; with a real loss it sees both.",
      },
    ],
  }),
  pair({
    fault: "abrupt-loss",
    how: "a TCP proxy cuts the waiting poll",
    on: ["LongPolling"],
    real: {
      async act({ proxy, invoke }) {
        proxy.cut();
        await invoke("Echo", 2);
      },
    },
    injected: injecting({ name: "abrupt-loss" }),
    known: [
      {
        at: "app",
        injected: ["reconnecting (no network)", "reconnected (an id)"],
        because:
          "Long polling: a browser repeats a poll by itself when only its TCP connection was cut, unnoticed; here the poll fails, as when the server is down.",
      },
      {
        at: "server",
        injected: ["second: negotiated", "second: transport connected LongPolling", "second: connected"],
        because:
          "Long polling: a browser repeats a poll by itself when only its TCP connection was cut, unnoticed; here the poll fails, as when the server is down.",
      },
      {
        at: "id",
        real: ["the same id"],
        injected: ["a new id"],
        because:
          "Long polling: a browser repeats a poll by itself when only its TCP connection was cut, unnoticed; here the poll fails, as when the server is down.",
      },
    ],
  }),
  pair({
    fault: "abrupt-loss",
    how: "a TCP proxy cuts the client's side and leaves the server in the dark",
    on: ["WebSockets", "ServerSentEvents"],
    ...lively("/hubs/board"),
    real: {
      async act({ proxy, untilTold, untilLogged }) {
        proxy.cutClients();
        await untilTold("reconnected");
        await untilLogged("transport closed");
      },
    },
    injected: {
      async act({ inject, untilTold, untilLogged }) {
        await inject({ name: "abrupt-loss" });
        await untilTold("reconnected");
        await untilLogged("transport closed");
      },
    },
    known: [
      {
        on: ["WebSockets"],
        at: "server",
        real: ["first: socket closed 1006"],
        injected: ["first: socket closed 1000"],
        because:
          "If the server times out before that, the browser still answers its close frame; a failed network answers nothing.",
      },
    ],
  }),
  pair({
    fault: "abrupt-loss",
    how: "the server's process is killed, and started again",
    on: ["WebSockets", "ServerSentEvents", "LongPolling"],
    without: ["server"],
    real: {
      async act({ killServer, untilTold }) {
        await killServer();
        await untilTold("reconnected");
      },
    },
    injected: injecting({ name: "abrupt-loss" }),
  }),
  pair({
    fault: "graceful-loss",
    how: "a TCP proxy ends both sides",
    on: ["WebSockets", "WebSockets, MessagePack", "ServerSentEvents"],
    real: afterCut,
    injected: injecting({ name: "graceful-loss" }),
    known: [CLOSE_FRAME],
  }),
  pair({
    fault: "graceful-loss",
    how: "the server ends the TCP connection and forgets who was there",
    on: ["WebSockets, stateful", "LongPolling"],
    real: {
      async act({ control, untilTold }) {
        await control({ do: "loseConnections" });
        await untilTold("reconnected");
      },
    },
    injected: injecting({ name: "graceful-loss" }),
    known: [
      CLOSE_FRAME,
      {
        on: ["LongPolling"],
        at: "app",
        real: ["reconnecting No Connection with that ID: Status code '404'"],
        injected: ["reconnecting (no network)"],
        because:
          "Long polling: the poll fails like a network error, and the server keeps the connection for a while; a server that has removed it answers 404.",
      },
      {
        on: ["LongPolling"],
        at: "server",
        real: [
          "first: disconnected",
          "first: transport closed LongPolling",
          "first: transport refused LongPolling 404",
        ],
        because:
          "Long polling: the poll fails like a network error, and the server keeps the connection for a while; a server that has removed it answers 404.",
      },
    ],
  }),
  ...[
    { code: 1001, reason: "" },
    { code: 1011, reason: "" },
    { code: 4001, reason: "bye" },
  ].map(({ code, reason }) =>
    pair({
      fault: "close-code",
      how: `the server closes the socket with ${code}${reason === "" ? "" : ` and a reason`}`,
      on: ["WebSockets", "WebSockets, stateful"],
      real: closing(code, reason),
      injected: injecting({ name: "close-code", code, ...(reason === "" ? {} : { reason }) }),
      ...(code < 3_000
        ? {
            known: [
              {
                at: "server" as const,
                real: [`first: socket closed ${code}`],
                injected: ["first: socket closed 1000"],
                because:
                  "The server gets the code if a page may send it (1000, 3000 to 4999), else a close frame without one, which ASP.NET Core treats as 1000." as const,
              },
            ],
          }
        : {}),
    }),
  ),
];
