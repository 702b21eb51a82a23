/** Pairs for servers that shut down or close connections. */
import { pair, type AnyPair, type Variant } from "../pair.ts";

const CARRIED: readonly Variant[] = ["WebSockets", "WebSockets, MessagePack", "ServerSentEvents"];
const ONLY_CLIENT = "Simulated on the client: the server only sees a client disconnect.";

export const SERVER: readonly AnyPair[] = [
  ...[
    { allowReconnect: true },
    { allowReconnect: true, error: "likeness" },
    { allowReconnect: false },
    { allowReconnect: false, error: "likeness" },
  ].flatMap(({ allowReconnect, error }) => {
    const given = { allowReconnect, ...(error === undefined ? {} : { error }) };
    const how = `the server sends Close${allowReconnect ? " with allowReconnect" : ""}${error === undefined ? "" : ", and an error"}`;
    const last = allowReconnect ? "reconnected" : "closed";
    const both = {
      fault: "server-close" as const,
      how,
      real: {
        async act({ control, untilTold }) {
          await control({ do: "sendClose", ...given });
          await untilTold(last);
        },
      },
      injected: {
        async act({ inject, untilTold }) {
          await inject({ name: "server-close", ...given });
          await untilTold(last);
        },
      },
    } satisfies Partial<AnyPair>;
    return [
      pair({
        ...both,
        on: CARRIED,
        // Client and server close at the same time, and each may still receive the other's Close.
        ...(allowReconnect
          ? { known: [{ at: "server" as const, real: ["first: sent Close Close"], because: ONLY_CLIENT }] }
          : { luck: /Close Close|send refused/ }),
      }),
      // Whether the last poll, the client's Close or its DELETE arrives first varies, also with the real break.
      pair({ ...both, on: ["LongPolling"], without: ["server"] }),
    ];
  }),
  pair({
    fault: "drain",
    how: "the server sends Close with allowReconnect to one connection after the other",
    on: ["WebSockets", "ServerSentEvents"],
    real: {
      async act({ control, start, connectionId, untilTold }) {
        await start("two");
        const second = await connectionId("two");
        for (const [id, name] of [
          [await connectionId("one"), "one"],
          [second, "two"],
        ] as const) {
          await control({ do: "sendClose", allowReconnect: true, connectionId: id ?? "" });
          await untilTold("reconnected", 1, name);
        }
      },
    },
    injected: {
      async act({ inject, start, untilTold }) {
        await start("two");
        await inject({ name: "drain", window: 1_500 });
        await untilTold("reconnected", 1, "one");
        await untilTold("reconnected", 1, "two");
      },
    },
    known: [
      {
        at: "server",
        real: ["first: sent Close Close", "second: sent Close Close"],
        because: "Simulated on the client: the server only sees clients disconnect.",
      },
    ],
  }),
];
