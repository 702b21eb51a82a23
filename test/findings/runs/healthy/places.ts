/** Healthy apps: where they run, and with what. */
import { NGINX_UPGRADE } from "../../../harness/situation/gateway.ts";
import type { Situation } from "../../../harness/situation/situation.ts";
import type { HealthyRun } from "../../finding-run.ts";
import { first, told, wait } from "../../happenings.ts";
import { afterwards, app, noSockets, pollsOnly, say } from "./plan.ts";

const hide = async ({ hide: hides, untilRecorded }: Situation): Promise<void> => {
  await hides();
  await untilRecorded("the tab to be hidden", (event) => event.kind === "visibility" && !event.visible);
};

export const PLACES: readonly HealthyRun[] = [
  app({
    name: "board, client 9",
    how: "With the client of version 9",
    app: "board",
    version: "9",
    happens: first(say, afterwards),
  }),
  app({
    name: "idle, client 9, MessagePack",
    how: "Only listens, with version 9 and MessagePack",
    app: "idle",
    version: "9",
    client: { protocol: "messagepack" },
    happens: wait(1_500),
  }),
  app({
    name: "event streams only",
    how: "The server offers no WebSockets: an event stream is the best there is",
    app: "board",
    before: noSockets,
    happens: first(say, afterwards),
  }),
  app({
    name: "long polling only",
    how: "The server offers long polling only",
    app: "board",
    before: pollsOnly,
    happens: first(say, afterwards),
  }),
  app({
    name: "long polling only, MessagePack",
    how: "The same with MessagePack",
    app: "idle",
    client: { protocol: "messagepack" },
    before: pollsOnly,
    happens: afterwards,
  }),
  app({
    name: "token",
    how: "A token that lasts for an hour",
    app: "board",
    client: { tokens: ["3600"] },
    hub: "/hubs/board",
    happens: first(say, afterwards),
  }),
  app({
    name: "secure hub",
    how: "A hub that requires a token and closes connections whose token has expired; it lasts for an hour",
    app: "board",
    client: { tokens: ["3600"] },
    hub: "/hubs/secure",
    happens: first(say, afterwards),
  }),
  app({
    name: "tab hidden",
    how: "The user looks at another tab for a while",
    app: "board",
    happens: first(hide, wait(1_000), ({ page }) => page.bringToFront(), afterwards),
  }),
  app({
    name: "chat in a hidden tab",
    how: "Messages come while the tab is hidden",
    app: "ticker",
    happens: first(hide, told("done", 2), ({ page }) => page.bringToFront()),
  }),
  app({
    name: "behind nginx",
    how: "nginx that passes upgrades",
    app: "board",
    gateway: { kind: "nginx", location: `${NGINX_UPGRADE} proxy_buffering off;` },
    happens: first(say, afterwards),
  }),
  app({
    name: "behind nginx, one origin",
    how: "nginx serves the page, too",
    app: "chat",
    gateway: { kind: "nginx", location: `${NGINX_UPGRADE} proxy_buffering off;`, pages: true },
    happens: first(told("done"), afterwards),
  }),
  app({
    name: "behind haproxy",
    how: "haproxy with long timeouts",
    app: "board",
    gateway: { kind: "haproxy", defaults: "timeout server 120s\n  timeout tunnel 1h" },
    happens: first(say, afterwards),
  }),
  app({
    name: "pings every second",
    how: "Both sides ping every second, and their timeouts fit",
    app: "idle",
    client: { keepAlive: 1_000, serverTimeout: 4_000 },
    hub: "/hubs/board?keepAlive=1000&clientTimeout=4000",
    happens: wait(3_500),
  }),
  app({
    name: "under zone.js",
    how: "An Angular app: with zone.js",
    app: "board",
    page: "zone.js",
    happens: first(say, afterwards),
  }),
  app({
    name: "with a service worker",
    how: "A page with a service worker that lets everything pass",
    app: "board",
    page: "service worker",
    happens: first(say, afterwards),
  }),
  app({
    name: "slow network",
    how: "100 ms in each direction",
    app: "form",
    proxied: true,
    async before({ proxy, start }) {
      proxy.delay(100);
      await start();
    },
    happens: afterwards,
  }),
];
