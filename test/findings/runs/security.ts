/** Tokens, sizes and what errors tell. */
import { big } from "../../causes/provocation.ts";
import { FIXED, wait } from "../happenings.ts";
import type { AppRun } from "../finding-run.ts";

export const SECURITY: readonly AppRun[] = [
  {
    name: "token expires with its connection",
    how: "The token lasts for 4 s, and the hub closes connections whose token has expired",
    app: "plain",
    client: { retries: FIXED, tokens: ["4", "4", "3600"] },
    hub: "/hubs/secure",
    has: ["token-expires"],
    async happens({ untilTold }) {
      await untilTold("reconnected");
    },
  },
  {
    name: "token that lasts",
    how: "The token lasts for an hour, and is sent in the socket's address, as browsers must",
    app: "board",
    client: { jitter: true, tokens: ["3600"] },
    hasNot: ["token-expires", "token-too-long", "token-in-url"],
    happens: wait(500),
  },
  {
    name: "token too long",
    how: "A token of 9,000 characters: the server takes it in the negotiate's header, and not in the socket's address",
    app: "plain",
    client: { retries: FIXED, tokens: ["3600 9000"] },
    has: ["token-too-long"],
    happens: wait(300),
  },
  {
    name: "message near the limit",
    how: "The app sends a message of 30 kB; the server takes 32",
    app: "plain",
    client: { retries: FIXED },
    has: ["message-near-limit"],
    async happens({ invoke }) {
      await invoke("Echo", big(30_000));
    },
  },
  {
    name: "detailed errors",
    how: "EnableDetailedErrors is on, and OnConnectedAsync throws at a reconnect",
    app: "plain",
    client: { retries: FIXED },
    hub: "/hubs/board?detailedErrors=1",
    renamed: true,
    has: ["detailed-errors"],
    async happens({ control, untilTold }) {
      await control({ do: "failConnected", count: 1 });
      await control({ do: "dropSockets" });
      await untilTold("closed");
    },
  },
  {
    name: "errors without details",
    how: "OnConnectedAsync throws at a reconnect; the client learns only that there was an error",
    app: "plain",
    client: { retries: FIXED },
    renamed: true,
    hasNot: ["detailed-errors", "message-near-limit"],
    cantTell: ["token-expires"],
    async happens({ control, untilTold }) {
      await control({ do: "failConnected", count: 1 });
      await control({ do: "dropSockets" });
      await untilTold("closed");
    },
  },
  {
    name: "token in an address without TLS",
    how: "The page connects by ws:, with a token in the address",
    app: "plain",
    client: { retries: FIXED, tokens: ["3600"] },
    renamed: true,
    has: ["token-in-url"],
    cantTell: ["detailed-errors"],
    happens: wait(300),
  },
];
