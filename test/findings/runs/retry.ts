/** Apps and their retries. */
import { NGINX_UPGRADE, type Gateway } from "../../harness/situation/gateway.ts";
import { away, cut, first, FIXED, told, wait } from "../happenings.ts";
import type { AppRun } from "../finding-run.ts";

/** A finding that asks whether anything followed waits for this long. */
const PATIENCE = 11_000;

/** Of an answer from another origin, a page can't read Retry-After. */
const ONE_ORIGIN: Gateway = {
  kind: "nginx",
  location: `${NGINX_UPGRADE} proxy_buffering off;`,
  pages: true,
};

export const RETRY: readonly AppRun[] = [
  {
    name: "no automatic reconnect",
    how: "Built without withAutomaticReconnect(); a TCP proxy cuts the connection, and nothing follows",
    app: "plain",
    proxied: true,
    has: ["no-automatic-reconnect"],
    hasNot: ["several-retry-loops"],
    cantTell: ["no-jitter", "retry-after-ignored", "first-start-not-retried"],
    onWire: { cantTell: ["no-automatic-reconnect"] },
    happens: first(cut(1, "closed"), wait(PATIENCE)),
  },
  {
    name: "nothing happened",
    how: "A client without anything of its own; nothing is lost",
    app: "plain",
    cantTell: [
      "no-automatic-reconnect",
      "gives-up",
      "no-jitter",
      "retries-while-offline",
      "no-recovery-on-return",
      "several-retry-loops",
      "calls-lost",
      "calls-while-disconnected",
      "stateful-not-used",
      "drained",
      "flapping",
    ],
    onWire: { cantTell: ["handlers-doubled", "keep-alive-mismatch"] },
    happens: wait(500),
  },
  {
    name: "gives up",
    how: "Three retries, then the client gives up; the network is away for longer",
    app: "plain",
    client: { retries: [0, 200, 500] },
    proxied: true,
    has: ["gives-up"],
    hasNot: ["no-automatic-reconnect"],
    async happens({ proxy, untilTold }) {
      await proxy.refuse();
      proxy.cut();
      await untilTold("closed");
    },
  },
  {
    name: "never gives up",
    how: "The network is away until the client has tried six times, with full jitter",
    app: "board",
    client: { jitter: true },
    proxied: true,
    hasNot: ["gives-up", "no-automatic-reconnect", "no-jitter", "several-retry-loops"],
    happens: first(away(8_000), told("reconnected"), told("done", 2), cut(2), wait(500)),
  },
  {
    name: "the same delays each time",
    how: "Fixed delays; the network is away three times, for two seconds",
    app: "plain",
    client: { retries: FIXED },
    proxied: true,
    has: ["no-jitter"],
    hasNot: ["no-automatic-reconnect"],
    happens: first(...[1, 2, 3].flatMap((time) => [away(2_000), told("reconnected", time), wait(200)])),
  },
  {
    name: "first start fails and is left",
    how: "The server answers the first negotiate with 503, and the app doesn't call start() again",
    app: "plain",
    client: { retries: FIXED, stateful: true },
    has: ["first-start-not-retried"],
    cantTell: [
      "large-payloads",
      "zombie-connected",
      "duplicate-connections",
      "stateful-not-granted",
      "fallback",
      "transport-restricted",
      "pings-starved",
      "token-too-long",
      "message-near-limit",
    ],
    async before({ control, start }) {
      await control({ do: "answerNegotiates", status: 503, count: 1 });
      await start();
    },
    happens: wait(PATIENCE),
  },
  {
    name: "first start fails and is repeated",
    how: "The server answers the first two negotiates with 503, and the app calls start() again",
    app: "board",
    client: { jitter: true },
    hasNot: ["first-start-not-retried"],
    async before({ control, begin }) {
      await control({ do: "answerNegotiates", status: 503, count: 2 });
      await begin();
    },
    happens: told("done"),
  },
  {
    name: "Retry-After ignored",
    how: "After a loss the server answers three negotiates with 429 and Retry-After: 5; page and hub have one origin",
    app: "plain",
    client: { retries: [0, 300, 500, 700, 700] },
    gateway: ONE_ORIGIN,
    has: ["retry-after-ignored", "negotiate-throttled"],
    async happens({ control, untilTold }) {
      await control({ do: "answerNegotiates", status: 429, retryAfterSeconds: 5, count: 3 });
      await control({ do: "dropSockets" });
      await untilTold("reconnected");
    },
  },
  {
    name: "Retry-After kept",
    how: "After a loss the server answers one negotiate with 503 and Retry-After: 1; the next try comes after 2 s",
    app: "plain",
    client: { retries: [0, 2_000, 2_000] },
    gateway: ONE_ORIGIN,
    hasNot: ["retry-after-ignored"],
    async happens({ control, untilTold }) {
      await control({ do: "answerNegotiates", status: 503, retryAfterSeconds: 1, count: 1 });
      await control({ do: "dropSockets" });
      await untilTold("reconnected");
    },
  },
  {
    name: "retries while offline",
    how: "The browser goes offline for some seconds while the connection is lost; the client tries all the time, then waits for long",
    app: "plain",
    client: { retries: [0, 300, 500, 500, 500, 500, 14_000, 1_000] },
    proxied: true,
    only: "chromium",
    has: ["retries-while-offline", "no-recovery-on-return"],
    async happens({ page, proxy, untilTold }) {
      await page.startOffline();
      proxy.cut();
      await untilTold("reconnecting");
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      await page.endOffline();
      await untilTold("reconnected");
    },
  },
  {
    name: "waits for the network",
    how: "The browser goes offline for some seconds while the connection is lost; the app waits for it, and tries at once",
    app: "awakeBoard",
    proxied: true,
    only: "chromium",
    hasNot: ["retries-while-offline", "no-recovery-on-return"],
    async happens({ page, proxy, untilTold }) {
      await page.startOffline();
      proxy.cut();
      await untilTold("closed");
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await page.endOffline();
      await untilTold("connected", 2);
      await untilTold("done", 2);
    },
  },
  {
    name: "two retry loops",
    how: "withAutomaticReconnect() and a timer that starts another connection whenever the first isn't connected; negotiates take 2.5 s",
    app: "watched",
    client: { retries: [0, 500, 1_000, 1_000, 1_000] },
    proxied: true,
    has: ["several-retry-loops"],
    happens: first(
      async ({ control, proxy }) => {
        await control({ do: "delayNegotiates", delayMilliseconds: 2_500 });
        proxy.cut();
      },
      told("reconnected"),
      wait(1_000),
    ),
  },
  {
    name: "own loop that gives up",
    how: "No automatic reconnect; the app starts the connection again itself, three times",
    app: "ownLoop",
    proxied: true,
    hasNot: ["no-automatic-reconnect"],
    happens: first(cut(1, "closed"), told("connected", 2), wait(500)),
  },
];
