/** Pairs for starts that fail or fall back to another transport. */
import type { TransportName } from "../../../extension/core/protocol/terms.ts";
import { pair, type AnyPair, type Half } from "../pair.ts";
import type { Injected } from "../side.ts";

/** A client that starts while the fault is active. */
const starting = (fault: Injected): Half => ({
  async act({ inject, start }) {
    await inject(fault);
    await start();
  },
});

const NOT_FOUND =
  "start failed WebSocket failed to connect. The connection could not be found on the server, either the endpoint may not be a SignalR endpoint, the connection ID is not present on the server, or there is a proxy blocking WebSockets. If you have multiple servers check that sticky sessions are enabled.";
const WITHOUT_NEGOTIATE =
  "A WebSocket without a negotiate is refused only if SignalR was seen at its URL before.";
const MADE_UP =
  "The answer is generated in the page: it has no WWW-Authenticate header and is in no server log.";
const ANSWERED_IN_PAGE = "The answer is generated in the page: it comes immediately and is in no server log.";

/** A client that starts with a server that doesn't have this transport. */
const startingWithout = (transport: TransportName): Half => ({
  async act({ control, start }) {
    await control({ do: "blockTransports", transports: [transport] });
    await start();
  },
});

/** A client that starts with the address of a port on which no server listens. */
const startingRefused: Half = {
  async act({ proxy, start }) {
    await proxy.refuse();
    await start();
  },
};

export const REFUSING: readonly AnyPair[] = [
  pair({
    fault: "refuse-connects",
    how: "nobody listens at the server's address",
    on: ["WebSockets", "ServerSentEvents", "LongPolling", "every transport"],
    starts: true,
    real: startingRefused,
    injected: starting({ name: "refuse-connects", duration: 60_000 }),
  }),
  pair({
    fault: "refuse-connects",
    how: "nobody listens, and the page's first client skips the negotiate",
    on: ["WebSockets"],
    client: { skipNegotiation: true },
    starts: true,
    real: startingRefused,
    injected: starting({ name: "refuse-connects", duration: 60_000 }),
    known: [
      {
        at: "app",
        real: [NOT_FOUND],
        injected: ["connected"],
        because: WITHOUT_NEGOTIATE,
      },
      {
        at: "server",
        injected: ["first: transport connected WebSockets", "first: connected"],
        because: WITHOUT_NEGOTIATE,
      },
    ],
  }),
  pair({
    fault: "refuse-connects",
    how: "nobody takes new connections; the one that is open stays",
    on: ["WebSockets"],
    real: {
      async act({ proxy, start, invoke, note }) {
        await proxy.refuse();
        note(`Echo: ${String(await invoke("Echo", "still here"))}`);
        await start("two");
      },
    },
    injected: {
      async act({ inject, start, invoke, note }) {
        await inject({ name: "refuse-connects", duration: 60_000 });
        note(`Echo: ${String(await invoke("Echo", "still here"))}`);
        await start("two");
      },
    },
  }),
  pair({
    fault: "block-websockets",
    how: "whatever is in front of the server answers upgrades with 404",
    on: ["WebSockets", "every transport"],
    starts: true,
    real: startingWithout("WebSockets"),
    injected: starting({ name: "block-websockets", duration: 60_000 }),
    known: [
      {
        at: "server",
        real: ["first: transport refused WebSockets 404"],
        because: "Refused in the page: no upgrade reaches the server.",
      },
    ],
  }),
  pair({
    fault: "block-event-streams",
    how: "whatever is in front of the server answers event streams with 404",
    on: ["ServerSentEvents"],
    starts: true,
    real: startingWithout("ServerSentEvents"),
    injected: starting({ name: "block-event-streams", duration: 60_000 }),
    known: [
      {
        at: "server",
        real: ["first: transport refused ServerSentEvents 404"],
        because: "Refused in the page: no request for the stream reaches the server.",
      },
    ],
  }),
  ...([401, 403, 404, 429, 500, 503] as const).map((status) =>
    pair({
      fault: "negotiate-status",
      how: `the server answers the negotiate with ${status}`,
      on: ["every transport"],
      starts: true,
      real: {
        async act({ control, start }) {
          await control({ do: "answerNegotiates", status });
          await start();
        },
      },
      injected: starting({ name: "negotiate-status", status, times: 1, duration: 60_000 }),
      known: [{ at: "server", real: [`nobody yet: negotiate refused ${status}`], because: ANSWERED_IN_PAGE }],
    }),
  ),
  pair({
    fault: "negotiate-status",
    how: "the connection is cut, and the next negotiate answered 429 with Retry-After",
    on: ["WebSockets"],
    real: {
      async act({ control, proxy, untilTold }) {
        await control({ do: "answerNegotiates", status: 429, retryAfterSeconds: 7 });
        proxy.cut();
        await untilTold("reconnected");
      },
    },
    injected: {
      async act({ inject, proxy, untilTold }) {
        await inject({ name: "negotiate-status", status: 429, retryAfter: 7, times: 1, duration: 60_000 });
        proxy.cut();
        await untilTold("reconnected");
      },
    },
    known: [{ at: "server", real: ["nobody yet: negotiate refused 429"], because: ANSWERED_IN_PAGE }],
  }),
  pair({
    fault: "refuse-token",
    how: "the token has expired",
    on: ["WebSockets", "ServerSentEvents", "LongPolling"],
    hub: "/hubs/secure",
    starts: true,
    real: {
      client: { tokens: ["-10"] },
      async act({ start }) {
        await start();
      },
    },
    injected: { client: { tokens: ["3600"] }, ...starting({ name: "refuse-token", duration: 60_000 }) },
    known: [{ at: "server", real: ["nobody yet: negotiate refused 401"], because: MADE_UP }],
  }),
  pair({
    fault: "refuse-token",
    how: "the token of another client, which skips the negotiate, has expired",
    on: ["WebSockets"],
    hub: "/hubs/secure",
    client: { tokens: ["3600"] },
    real: {
      async act({ start }) {
        await start("two", { skipNegotiation: true, tokens: ["-10"] });
      },
    },
    injected: {
      async act({ inject, start }) {
        await inject({ name: "refuse-token", duration: 60_000 });
        await start("two", { skipNegotiation: true, tokens: ["3600"] });
      },
    },
    known: [{ at: "server", real: ["nobody yet: transport refused WebSockets 401"], because: MADE_UP }],
  }),
];
