/** Breaks caused by the network, the browser and the user. */
import { big, cut, retries, serverDoes, type Provocation } from "./provocation.ts";

export const ON_THE_WAY: readonly Provocation[] = [
  {
    name: "server timeout",
    how: "A TCP proxy goes silent, the client's server timeout is 2 s; the proxy heals after the client gave up",
    expected: "server-timeout",
    client: { ...retries, serverTimeout: 2_000 },
    hub: "/hubs/board?keepAlive=500",
    proxied: true,
    async provoke({ proxy, untilTold }) {
      proxy.goSilent();
      await untilTold("reconnecting");
      proxy.heal();
      await untilTold("reconnected");
    },
  },
  {
    name: "client ping timeout",
    how: "The server's ClientTimeoutInterval is 5 s, and the client pings every 15 s only: it is closed twice",
    expected: "client-ping-timeout",
    client: retries,
    hub: "/hubs/board?clientTimeout=5000&keepAlive=60000",
    async provoke({ untilTold }) {
      await untilTold("reconnected", 2);
    },
  },
  {
    name: "idle cut",
    how: "A TCP proxy cuts connections that were idle for 6 s, twice, at different ages; the server pings once a minute",
    expected: "idle-timeout",
    client: retries,
    hub: "/hubs/board?keepAlive=60000",
    proxied: true,
    async provoke({ proxy, untilTold, invoke }) {
      proxy.cutIdleAfter(6_000);
      await untilTold("reconnected");
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await invoke("Echo", 1);
      await untilTold("reconnected", 2);
      proxy.heal();
    },
  },
  {
    name: "network cut",
    how: "A TCP proxy cuts the connection once; the server is there all the time",
    expected: "abrupt-loss",
    client: retries,
    proxied: true,
    provoke: cut(),
  },
  {
    name: "offline",
    how: "The browser goes offline and the network goes silent, until the client's server timeout of 2 s elapsed",
    expected: "offline",
    client: { ...retries, serverTimeout: 2_000 },
    hub: "/hubs/board?keepAlive=500",
    only: "chromium",
    proxied: true,
    async provoke({ page, proxy, untilTold }) {
      proxy.goSilent();
      await page.startOffline();
      await untilTold("reconnecting");
      proxy.heal();
      await page.endOffline();
      await untilTold("reconnected");
    },
  },
  {
    name: "frozen",
    how: "Chromium freezes the tab for 2 s (CDP)",
    expected: "tab-frozen",
    client: retries,
    only: "chromium",
    async provoke({ page, untilTold }) {
      await page.freeze(2_000);
      await untilTold("reconnected");
    },
  },
  {
    name: "back-forward cache",
    how: "Another page is opened in the tab, and the user goes back",
    expected: "back-forward-cache",
    client: retries,
    only: "chromium",
    async provoke({ page, elsewhere, untilTold }) {
      await page.goto(elsewhere);
      await page.back();
      await untilTold("reconnected");
    },
  },
  {
    name: "reload",
    how: "The user reloads the page",
    expected: "page left",
    async provoke({ page }) {
      await page.reload();
    },
  },
  {
    name: "stop()",
    how: "The app calls stop()",
    expected: "stopped",
    client: retries,
    async provoke({ stop }) {
      await stop();
    },
  },
  {
    name: "frame cut by a proxy",
    how: "A TCP proxy cuts the connection when more than 20 KB come at once; the app sends 25 KB",
    expected: "frame-too-large",
    client: retries,
    proxied: true,
    async provoke({ proxy, send, untilTold }) {
      proxy.cutAbove(20_000);
      await send("Echo", big(25_000));
      await untilTold("reconnected");
    },
  },
  {
    name: "stateful reconnect",
    how: "A TCP proxy cuts the connection of a hub that grants stateful reconnect",
    expected: "resumed",
    client: { ...retries, stateful: true },
    hub: "/hubs/stateful",
    proxied: true,
    async provoke({ proxy, invoke, untilRecorded }) {
      await invoke("Echo", 1);
      proxy.cut();
      await untilRecorded(
        "the server's Sequence message",
        (event) => event.kind === "message" && event.type === 9 && event.direction === "in",
      );
    },
  },
  {
    name: "main thread blocked",
    how: "The page is busy for 4 s; both sides ping every 300 ms, and the server's ClientTimeoutInterval is 1.5 s",
    expected: "client-ping-timeout",
    // Firefox doesn't report long tasks, and without the probe the client's ping interval is unknown.
    expectedOnWire: ["client-ping-timeout", "server-close"],
    client: { ...retries, keepAlive: 300 },
    hub: "/hubs/board?clientTimeout=1500&keepAlive=300",
    async provoke({ page, untilTold, stop }) {
      await page.evaluate(() => {
        // In a timer: code that a debugger runs isn't reported as a long task of the page.
        setTimeout(() => {
          const until = performance.now() + 4_000;
          while (performance.now() < until);
        });
      });
      await untilTold("reconnected");
      // Otherwise its pings would continue and the recording would never become quiet.
      await stop();
    },
  },
  {
    name: "stateful reconnect refused",
    how: "The server cuts a stateful connection and has forgotten it: the resume is refused, and a new connection follows",
    expected: "abrupt-loss",
    client: { ...retries, stateful: true },
    hub: "/hubs/stateful",
    provoke: serverDoes({ do: "loseConnections" }),
  },
  {
    name: "discarded",
    how: "The browser discards the tab, and the user comes back to it; what is recorded is the page that it loads then",
    expected: "discarded",
    only: "chromium",
    connectsItself: true,
    async before({ untilTold }) {
      await untilTold("connected");
    },
    async provoke({ discard }) {
      await discard();
    },
  },
];
