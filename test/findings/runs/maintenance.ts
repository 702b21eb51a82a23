/** What is planned, and what is outdated. */
import { setTimeout as pause } from "node:timers/promises";
import { cut, FIXED, wait } from "../happenings.ts";
import type { AppRun } from "../finding-run.ts";

export const MAINTENANCE: readonly AppRun[] = [
  {
    name: "drained",
    how: "The server closes the connections of a page one by one over some seconds, and lets them reconnect",
    app: "connectionPerPart",
    client: { jitter: true },
    has: ["drained"],
    async happens({ page, control }) {
      for (const name of ["one list", "one details", "one footer", "one"]) {
        const connectionId = await page.evaluate((as) => window.clients[as]!.connectionId(), name);
        await control({ do: "sendClose", allowReconnect: true, connectionId: connectionId ?? "" });
        await pause(1_500);
      }
    },
  },
  {
    name: "flapping",
    how: "The network cuts the connection six times in a few seconds",
    app: "plain",
    client: { retries: FIXED },
    proxied: true,
    has: ["flapping"],
    hasNot: ["client-outdated", "drained", "idle-cut"],
    happens: cut(6),
  },
  {
    name: "version unknown",
    how: "The client skips the negotiate, in which it tells its version; one loss",
    app: "idle",
    client: { jitter: true, skipNegotiation: true },
    proxied: true,
    hasNot: ["flapping"],
    cantTell: ["client-outdated"],
    happens: cut(),
  },
  {
    name: "old client",
    how: "The client is of version 5; nothing is lost",
    app: "plain",
    client: { retries: FIXED },
    version: "5",
    has: ["client-outdated"],
    happens: wait(300),
  },
];
