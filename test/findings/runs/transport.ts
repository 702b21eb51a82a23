/** Transports, and what is between page and hub. */
import { setTimeout as pause } from "node:timers/promises";
import { http, redirects } from "../../harness/situation/place.ts";
import { NGINX_UPGRADE } from "../../harness/situation/gateway.ts";
import { first, FIXED, told, wait } from "../happenings.ts";
import type { AppRun } from "../finding-run.ts";

export const TRANSPORT: readonly AppRun[] = [
  {
    name: "fallback to event streams",
    how: "Something on the way blocks WebSockets; the client falls back",
    app: "plain",
    client: { retries: FIXED },
    everyTransport: true,
    has: ["fallback"],
    hasNot: ["transport-restricted"],
    async before({ control, start }) {
      await control({ do: "blockTransports", transports: ["WebSockets"], status: 403 });
      await start();
    },
    happens: wait(300),
  },
  {
    name: "event streams by choice",
    how: "The app allows event streams only, and the server offers WebSockets",
    app: "plain",
    client: { retries: FIXED, transport: "ServerSentEvents" },
    has: ["transport-restricted"],
    happens: wait(300),
  },
  {
    name: "long polling by choice",
    how: "The app allows long polling only, and the server offers WebSockets",
    app: "plain",
    client: { retries: FIXED, transport: "LongPolling" },
    has: ["transport-restricted"],
    happens: wait(300),
  },
  {
    name: "WebSockets",
    how: "All transports are allowed, and the best one works",
    app: "idle",
    client: { jitter: true },
    everyTransport: true,
    hasNot: [
      "fallback",
      "transport-restricted",
      "negotiate-throttled",
      "azure-redirect",
      "azure-units",
      "serverless",
      "skip-negotiation-azure",
    ],
    cantTell: ["sticky-sessions", "lifetime-limit", "buffering-proxy"],
    happens: wait(300),
  },
  {
    name: "no sticky sessions",
    how: "Three negotiates reach another server than the socket that follows: it answers 404",
    app: "plain",
    client: { retries: [0, 200, 300, 300, 300] },
    proxied: true,
    has: ["sticky-sessions"],
    hasNot: ["fallback"],
    async happens({ control, proxy, untilTold }) {
      await control({ do: "forgetNegotiated", count: 3 });
      proxy.cut();
      await untilTold("reconnected");
    },
  },
  {
    name: "lifetime limit",
    how: "A TCP proxy cuts connections that are 5 s old, twice, in the midst of pings",
    app: "plain",
    client: { retries: FIXED, keepAlive: 700 },
    hub: "/hubs/board?keepAlive=700",
    proxied: true,
    has: ["lifetime-limit"],
    async happens({ proxy, untilTold }) {
      proxy.cutOlderThan(5_000);
      await untilTold("reconnected", 2);
      proxy.cutOlderThan(0);
    },
  },
  {
    name: "proxy that buffers",
    how: "A TCP proxy passes the server's data on only when 50 bytes wait: an answer stays until the ping after it",
    app: "plain",
    client: { retries: FIXED },
    hub: "/hubs/board?keepAlive=1500",
    proxied: true,
    has: ["buffering-proxy"],
    async happens({ proxy, invoke }) {
      proxy.gather(50);
      for (let n = 0; n < 5; n++) await invoke("Echo", n);
    },
  },
  {
    name: "nginx without upgrades",
    how: "nginx with a plain proxy_pass: WebSockets don't get through, event streams do",
    app: "plain",
    client: { retries: FIXED },
    everyTransport: true,
    gateway: { kind: "nginx", location: "proxy_http_version 1.1; proxy_buffering off;" },
    has: ["fallback"],
    happens: wait(500),
  },
  {
    name: "nginx as it should be",
    how: "nginx that passes upgrades and doesn't buffer; the app reconnects once",
    app: "board",
    client: { jitter: true },
    everyTransport: true,
    gateway: { kind: "nginx", location: `${NGINX_UPGRADE} proxy_buffering off;` },
    hasNot: ["fallback", "buffering-proxy", "sticky-sessions", "lifetime-limit"],
    async happens({ control, untilTold }) {
      for (let time = 1; time <= 2; time++) {
        await pause(time * 700);
        await control({ do: "dropSockets" });
        await untilTold("reconnected", time);
      }
      await pause(500);
    },
  },
  {
    name: "negotiates throttled",
    how: "After a loss the server answers four negotiates with 429",
    app: "board",
    client: { jitter: true },
    proxied: true,
    has: ["negotiate-throttled"],
    async happens({ control, proxy, untilTold }) {
      await control({ do: "answerNegotiates", status: 429, count: 4 });
      proxy.cut();
      await untilTold("reconnected");
    },
  },
  {
    name: "redirected",
    how: "The app's server redirects the client to another, as with Azure SignalR Service",
    app: "plain",
    client: { retries: FIXED },
    hub: "/hubs/redirected",
    proxied: true,
    hasNot: ["skip-negotiation-azure", "azure-redirect"],
    happens: first(async ({ proxy }) => {
      await pause(300);
      proxy.cut();
    }, told("reconnected")),
  },
  {
    name: "redirected to a server that is down",
    how: "The app's server redirects the client to another, which answers 502",
    app: "plain",
    client: { retries: FIXED },
    at: () => redirects((_request, answer) => answer.writeHead(502).end()),
    has: ["azure-redirect"],
    happens: wait(300),
  },
  {
    name: "redirected to a server that doesn't answer",
    how: "The app's server redirects the client to another, which hasn't answered yet",
    app: "plain",
    client: { retries: FIXED },
    at: () => redirects(),
    cantTell: ["azure-redirect"],
    before: ({ begin }) => begin(),
    happens: wait(1_000),
  },
  {
    name: "no negotiate, and no server",
    how: "skipNegotiation, and the server answers 404",
    app: "plain",
    client: { retries: FIXED, skipNegotiation: true },
    at: http((_request, answer) => answer.writeHead(404).end()),
    cantTell: ["skip-negotiation-azure"],
    happens: wait(300),
  },
  {
    name: "no negotiate",
    how: "skipNegotiation, straight to ASP.NET Core",
    app: "plain",
    client: { retries: FIXED, skipNegotiation: true },
    hasNot: ["skip-negotiation-azure"],
    happens: wait(300),
  },
];
