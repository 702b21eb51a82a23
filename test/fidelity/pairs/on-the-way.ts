/** Pairs for faults of the network: it cuts connections for their age or their silence, or is down. */
import { cutAtTheServer, injecting, injectingUntilLost, pair, type AnyPair } from "../pair.ts";

export const ON_THE_WAY: readonly AnyPair[] = [
  pair({
    fault: "idle-cut",
    how: "a TCP proxy cuts connections that were idle for 1.5 s",
    on: ["WebSockets", "ServerSentEvents"],
    hub: "/hubs/board?keepAlive=60000",
    client: { keepAlive: 60_000 },
    real: {
      async act({ proxy, untilTold }) {
        proxy.cutIdleAfter(1_500);
        await untilTold("reconnected");
        proxy.cutIdleAfter(0);
      },
    },
    injected: injectingUntilLost({ name: "idle-cut", idle: 1_500, duration: 60_000 }),
    known: cutAtTheServer(
      "The server gets a close frame 15 s later; a device that closes both sides notifies it immediately.",
    ),
  }),
  pair({
    fault: "lifetime-limit",
    how: "a TCP proxy cuts connections that are 2 s old",
    on: ["WebSockets", "ServerSentEvents"],
    real: {
      async act({ proxy, untilTold }) {
        proxy.cutOlderThan(2_000);
        await untilTold("reconnected");
        proxy.cutOlderThan(0);
      },
    },
    injected: injectingUntilLost({ name: "lifetime-limit", limit: 2_000, duration: 60_000 }),
    known: cutAtTheServer(
      "The server gets a close frame 15 s later; a device that closes both sides notifies it immediately.",
    ),
  }),
  pair({
    fault: "miss-window",
    how: "a TCP proxy cuts both sides and takes nobody until the server's window of 1 s is over",
    on: ["WebSockets, stateful"],
    disconnectTimeout: 1_000,
    real: {
      async act({ proxy, untilTold, untilLogged }) {
        await proxy.refuse();
        proxy.cut();
        await untilLogged("disconnected");
        await proxy.accept();
        await untilTold("reconnected");
      },
    },
    injected: injecting({ name: "miss-window" }),
    known: [
      {
        at: "server",
        real: ["first: socket closed 1006", "first: transport closed WebSockets", "first: disconnected"],
        because:
          "The server is not notified of the loss before its own window ends; with a real loss it often is notified immediately.",
      },
    ],
  }),
  pair({
    fault: "offline",
    how: "the browser is put offline, a TCP proxy cuts the client's side and takes nobody for a second",
    on: ["WebSockets", "WebSockets, stateful", "ServerSentEvents", "LongPolling"],
    real: {
      async act({ page, proxy, untilTold, untilPage }) {
        await proxy.refuse();
        await page.startOffline();
        proxy.cutClients();
        await untilTold("reconnecting");
        await proxy.accept();
        await page.endOffline();
        await untilTold("reconnected");
        await untilPage("online, onLine true");
      },
    },
    injected: {
      async act({ inject, untilTold, untilPage }) {
        await inject({ name: "offline", duration: 1_000 });
        await untilTold("reconnected");
        await untilPage("online, onLine true");
      },
    },
  }),
];
