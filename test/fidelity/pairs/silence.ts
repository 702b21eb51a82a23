/** Pairs for connections that stay open but carry no data. */
import { injectingUntilLost, lively, pair, type AnyPair, type Known } from "../pair.ts";

const ANSWERED: readonly Known<"half-open">[] = [
  {
    on: ["WebSockets"],
    at: "server",
    real: ["first: socket closed 1006"],
    injected: ["first: socket closed 1000"],
    because:
      "The browser still answers the server's close frame after its timeout; a dead path answers nothing.",
  },
];

export const SILENCE: readonly AnyPair[] = [
  ...(["both", "in"] as const).map((direction) =>
    pair({
      fault: "half-open",
      how: `a TCP proxy swallows what comes ${direction === "both" ? "from either side" : "from the server"}`,
      on: ["WebSockets", "ServerSentEvents"],
      ...lively("/hubs/board"),
      real: {
        async act({ proxy, untilTold, untilLogged }) {
          proxy.silenceOpen(direction);
          await untilTold("reconnected");
          await untilLogged("transport closed");
        },
      },
      injected: {
        async act({ inject, untilTold, untilLogged }) {
          await inject({ name: "half-open", direction });
          await untilTold("reconnected");
          await untilLogged("transport closed");
        },
      },
      ...(direction === "both" ? { known: ANSWERED } : {}),
    }),
  ),
  pair({
    fault: "half-open",
    how: "a TCP proxy swallows what comes from the client",
    on: ["WebSockets"],
    ...lively("/hubs/board"),
    real: {
      async act({ proxy, untilTold, untilLogged }) {
        proxy.silenceOpen("out");
        await untilTold("reconnected");
        await untilLogged("transport closed");
      },
    },
    injected: {
      async act({ inject, untilTold, untilLogged }) {
        await inject({ name: "half-open", direction: "out" });
        await untilTold("reconnected");
        await untilLogged("transport closed");
      },
    },
    known: ANSWERED,
  }),
  pair({
    fault: "drop-pings",
    how: "a server that pings once a minute only",
    on: ["WebSockets", "ServerSentEvents"],
    client: { serverTimeout: 2_500, keepAlive: 1_000 },
    real: {
      hub: "/hubs/board?keepAlive=60000",
      async act({ untilTold }) {
        await untilTold("reconnected");
      },
    },
    injected: {
      hub: "/hubs/board?keepAlive=500",
      ...injectingUntilLost({ name: "drop-pings", direction: "in", duration: 60_000 }),
    },
  }),
  pair({
    fault: "drop-pings",
    how: "a client that pings once a minute only",
    on: ["WebSockets", "ServerSentEvents"],
    hub: "/hubs/board?keepAlive=500&clientTimeout=2500",
    real: {
      client: { keepAlive: 60_000 },
      async act({ untilTold }) {
        await untilTold("reconnected");
      },
    },
    injected: {
      client: { keepAlive: 500 },
      ...injectingUntilLost({ name: "drop-pings", direction: "out", duration: 60_000 }),
    },
  }),
];
