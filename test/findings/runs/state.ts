/** What apps do about what a connection has: its groups, its handlers, its stateful reconnect. */
import { setTimeout as pause } from "node:timers/promises";
import { startAspNetHub } from "../../harness/hubs/aspnet/aspnet-hub.ts";
import { away, callAndLeave, cut, first, FIXED, told, wait } from "../happenings.ts";
import type { AppRun } from "../finding-run.ts";
import { talker } from "../talker.ts";

/** A server that keeps a lost connection for a second only. */
const forgetful = async () => {
  const hub = await startAspNetHub({ disconnectTimeoutMilliseconds: 1_000 });
  if (!hub) throw new Error("There is no .NET SDK.");
  return hub;
};

/** Somebody else writes on the board all the time, also while the app is away. */
const whileOthersTalk =
  (happens: AppRun["happens"]): AppRun["happens"] =>
  async (situation) => {
    const other = await talker(`${situation.server}/hubs/board`);
    try {
      await pause(3_000);
      await happens(situation);
      await pause(1_500);
    } finally {
      await other.stop();
    }
  };

export const STATE: readonly AppRun[] = [
  {
    name: "groups not joined again",
    how: "The app joins a group after start() only; the connection is cut, and the new one isn't in the group",
    app: "joinsOnce",
    client: { jitter: true },
    proxied: true,
    has: ["calls-not-repeated", "messages-missed"],
    happens: whileOthersTalk(first(away(2_000), told("reconnected"), wait(3_500))),
  },
  {
    name: "groups joined again",
    how: "The app joins its group at each new connection, and asks for what it has missed, while others write on the board",
    app: "board",
    client: { jitter: true },
    proxied: true,
    hasNot: [
      "calls-not-repeated",
      "messages-missed",
      "stateful-not-used",
      "handlers-doubled",
      "duplicate-connections",
      "zombie-connected",
    ],
    happens: whileOthersTalk(first(cut(), told("done", 2), wait(3_500))),
  },
  {
    name: "handlers registered again",
    how: "The app registers its handler again at each reconnect; there are two",
    app: "handlesTwice",
    client: { jitter: true },
    proxied: true,
    has: ["handlers-doubled"],
    hasNot: ["calls-not-repeated"],
    happens: first(cut(), told("done", 2), wait(1_500), cut(), told("done", 3), wait(1_500)),
  },
  {
    name: "a connection for each part of the page",
    how: "Four connections to one hub",
    app: "connectionPerPart",
    client: { jitter: true },
    has: ["duplicate-connections"],
    cantTell: ["calls-not-repeated", "messages-missed"],
    happens: wait(1_500),
  },
  {
    name: "zombie",
    how: "The network goes silent; the client's server timeout is ten minutes, so that it believes to be connected, and goes on calling",
    app: "plain",
    client: { retries: FIXED, serverTimeout: 600_000, keepAlive: 1_000 },
    hub: "/hubs/board?keepAlive=500",
    proxied: true,
    has: ["zombie-connected"],
    async happens(situation) {
      await pause(4_500);
      situation.proxy.goSilent();
      for (let n = 0; n < 13; n++) {
        await callAndLeave(situation, "Echo", n);
        await pause(3_000);
      }
    },
  },
  {
    name: "stateful reconnect used",
    how: "Client and server have stateful reconnect on; two short losses, and the app notices none",
    app: "board",
    client: { jitter: true, stateful: true },
    hub: "/hubs/stateful",
    proxied: true,
    hasNot: ["stateful-not-used", "stateful-not-granted", "stateful-window-missed", "stateful-buffer"],
    async happens({ proxy, invoke }) {
      for (let time = 0; time < 2; time++) {
        proxy.cut();
        await invoke("Echo", time);
        await pause(500);
      }
    },
  },
  {
    name: "stateful reconnect not granted",
    how: "The client asks for stateful reconnect; the hub doesn't allow it",
    app: "board",
    client: { jitter: true, stateful: true },
    has: ["stateful-not-granted"],
    happens: wait(300),
  },
  {
    name: "stateful reconnect too late",
    how: "The network goes silent, and the client notices the loss 17 s later; the server has forgotten the connection",
    app: "board",
    client: { jitter: true, stateful: true, serverTimeout: 120_000 },
    hub: "/hubs/stateful?keepAlive=1000&clientTimeout=2500",
    at: forgetful,
    proxied: true,
    has: ["stateful-window-missed"],
    hasNot: ["stateful-not-granted"],
    async happens({ proxy, untilTold }) {
      proxy.silenceOpen("both");
      await pause(17_000);
      proxy.cutClients();
      await untilTold("reconnected");
      await untilTold("done", 2);
    },
  },
  {
    name: "stateful reconnect's buffer full",
    how: "The server sends 200 kB at once, twice as much as its buffer for stateful reconnect holds, and waits for the client's Ack",
    app: "idle",
    client: { jitter: true, stateful: true },
    hub: "/hubs/stateful",
    has: ["stateful-buffer"],
    hasNot: ["stateful-not-granted"],
    cantTell: ["stateful-window-missed"],
    async happens({ invoke }) {
      await invoke("Flood", 40, 5_000);
      await pause(1_500);
    },
  },
];
