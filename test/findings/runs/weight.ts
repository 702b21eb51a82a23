/** How much a reconnection costs. */
import { away, cut, first, told, wait } from "../happenings.ts";
import type { AppRun } from "../finding-run.ts";

export const WEIGHT: readonly AppRun[] = [
  {
    name: "heavy reconnect",
    how: "At the reconnect the app makes 23 calls and loads 650 kB again",
    app: "heavy",
    client: { jitter: true },
    proxied: true,
    has: ["heavy-reconnect", "repeated-work"],
    happens: first(wait(2_500), cut(1), told("done", 2), wait(2_500)),
  },
  {
    name: "light reconnect",
    how: "At each reconnect the app joins its group, and asks for what it has missed",
    app: "board",
    client: { jitter: true },
    proxied: true,
    hasNot: ["heavy-reconnect", "repeated-work", "visible-gap"],
    happens: first(cut(2), told("done", 3), wait(500)),
  },
  {
    name: "nothing lost",
    how: "The connection is never lost",
    app: "idle",
    client: { jitter: true },
    cantTell: ["heavy-reconnect", "repeated-work", "visible-gap"],
    happens: wait(500),
  },
  {
    name: "visible gap",
    how: "The network is away for 2 s; the client's next try comes 8 s later",
    app: "board",
    client: { retries: [0, 12_000, 2_000, 2_000] },
    proxied: true,
    has: ["visible-gap"],
    happens: first(away(2_000), told("reconnected"), told("done", 2), wait(300)),
  },
];
