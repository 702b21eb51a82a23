/** Time limits of both sides, and what is late. */
import { setTimeout as pause } from "node:timers/promises";
import { callAndLeave, first, FIXED, told, wait } from "../happenings.ts";
import type { AppRun } from "../finding-run.ts";

/** In the page: keeps its main thread busy. In a timer: code that a debugger runs isn't reported as a long task of the page. */
const busy = (milliseconds: number): void => {
  setTimeout(() => {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
  });
};

export const TIMING: readonly AppRun[] = [
  {
    name: "timeouts that don't fit",
    how: "The client gives up after 3 s without a message, and the server pings every 5 s",
    app: "plain",
    client: { retries: FIXED, serverTimeout: 3_000 },
    hub: "/hubs/board?keepAlive=5000",
    has: ["keep-alive-mismatch"],
    happens: told("reconnected", 2),
  },
  {
    name: "timeouts that fit",
    how: "Both sides ping every second; the timeouts are three times as long",
    app: "idle",
    client: { jitter: true, keepAlive: 1_000, serverTimeout: 3_000 },
    hub: "/hubs/board?keepAlive=1000&clientTimeout=3000",
    hasNot: ["keep-alive-mismatch"],
    cantTell: ["slow-calls", "head-of-line", "idle-cut", "background-throttling", "freeze-without-lock"],
    happens: wait(6_500),
  },
  {
    name: "idle cut",
    how: "A TCP proxy cuts connections that were idle for 6 s, twice, at different ages; the server pings once a minute",
    app: "plain",
    client: { retries: FIXED },
    hub: "/hubs/board?keepAlive=60000",
    proxied: true,
    has: ["idle-cut"],
    async happens({ proxy, untilTold, invoke }) {
      proxy.cutIdleAfter(6_000);
      await untilTold("reconnected");
      await pause(1_500);
      await invoke("Echo", 1);
      await untilTold("reconnected", 2);
      proxy.heal();
    },
  },
  {
    name: "pings starved",
    how: "The page is busy for 4 s; both sides ping every 300 ms, and the server's ClientTimeoutInterval is 1.5 s",
    app: "plain",
    client: { retries: FIXED, keepAlive: 300 },
    hub: "/hubs/board?clientTimeout=1500&keepAlive=300",
    only: "chromium",
    has: ["pings-starved"],
    async happens({ page, untilTold }) {
      await page.evaluate(busy, 4_000);
      await untilTold("reconnected");
    },
  },
  {
    name: "page that isn't blocked",
    how: "The same, but the page is busy for moments only",
    app: "plain",
    client: { jitter: true, keepAlive: 300 },
    hub: "/hubs/board?clientTimeout=1500&keepAlive=300",
    only: "chromium",
    hasNot: ["pings-starved"],
    async happens({ page }) {
      for (let n = 0; n < 3; n++) {
        await page.evaluate(busy, 80);
        await pause(600);
      }
    },
  },
  {
    name: "frozen without a Web Lock",
    how: "Chromium freezes the hidden tab for 2 s (CDP)",
    app: "plain",
    client: { retries: FIXED },
    only: "chromium",
    has: ["freeze-without-lock"],
    async happens({ page, untilTold }) {
      await page.freeze(2_000);
      await untilTold("reconnected");
    },
  },
  {
    name: "slow calls",
    how: "Four calls take the server 4 s each",
    app: "plain",
    client: { retries: FIXED },
    has: ["slow-calls"],
    hasNot: ["head-of-line"],
    async happens({ invoke }) {
      await Promise.all([1, 2, 3, 4].map(() => invoke("Delay", 4_000)));
    },
  },
  {
    name: "calls behind a slow one",
    how: "The server runs one call of a client at a time; five short ones wait behind one of 3 s",
    app: "plain",
    client: { retries: FIXED },
    hub: "/hubs/board?parallelInvocations=1",
    has: ["head-of-line"],
    async happens(situation) {
      await callAndLeave(situation, "Delay", 3_000);
      await Promise.all([1, 2, 3, 4, 5].map((n) => situation.invoke("Echo", n)));
    },
  },
  {
    name: "quick calls",
    how: "Calls one after the other, each answered at once",
    app: "form",
    client: { jitter: true },
    hasNot: ["slow-calls", "head-of-line", "buffering-proxy"],
    cantTell: ["keep-alive-mismatch"],
    happens: first(async ({ invoke }) => {
      for (let n = 0; n < 15; n++) await invoke("Add", n, 1);
    }, wait(300)),
  },
];
