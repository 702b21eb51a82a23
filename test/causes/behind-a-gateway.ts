/** Breaks caused by real proxies with common settings: nginx and haproxy from Debian; skipped if they aren't installed. */
import { setTimeout as pause } from "node:timers/promises";
import { NGINX_UPGRADE, type Gateway } from "../harness/situation/gateway.ts";
import { failing, retries, type Provocation } from "./provocation.ts";

const RARE_PINGS = "/hubs/board?keepAlive=60000";

/** The server sends nothing for longer than the gateway's timeout for a poll. */
function idlePoll(name: string, how: string, gateway: Gateway, losses = 1): Provocation {
  return {
    name,
    how,
    expected: "idle-timeout",
    client: { ...retries, transport: "LongPolling" },
    gateway,
    hub: RARE_PINGS,
    async provoke({ untilTold, invoke }) {
      await invoke("Echo", 1);
      await untilTold("reconnected", losses);
    },
  };
}

export const BEHIND_A_GATEWAY: readonly Provocation[] = [
  idlePoll(
    "poll answered 504, nginx",
    "Long polling behind nginx with proxy_read_timeout 6s; the server says nothing for longer",
    { kind: "nginx", location: "proxy_read_timeout 6s;" },
  ),
  idlePoll(
    "poll answered 503 after a while, nginx",
    "Long polling behind a router that answers 503 when its request timeout of 6 s is over (as Heroku's does)",
    {
      kind: "nginx",
      location: "proxy_read_timeout 6s; error_page 504 =503 @late;",
      before: "location @late { return 503; }",
    },
  ),
  idlePoll(
    "poll answered 504 twice, haproxy",
    "Long polling behind haproxy with timeout server 6s; two polls in a row are answered 504",
    { kind: "haproxy", defaults: "timeout server 6s" },
    2,
  ),
  {
    name: "idle cut, haproxy",
    how: "A WebSocket behind haproxy with timeout tunnel 6s is cut twice, at different ages; the server pings once a minute",
    expected: "idle-timeout",
    client: retries,
    gateway: { kind: "haproxy", defaults: "timeout server 60s\n  timeout tunnel 6s" },
    hub: RARE_PINGS,
    async provoke({ untilTold, invoke }) {
      await untilTold("reconnected");
      await pause(1_500);
      await invoke("Echo", 1);
      await untilTold("reconnected", 2);
    },
  },
  {
    name: "start, negotiate 504, nginx",
    how: "The server takes longer for the negotiate than nginx waits (proxy_read_timeout 1s)",
    expected: "start: gateway-timeout",
    gateway: { kind: "nginx", location: `${NGINX_UPGRADE} proxy_read_timeout 1s;` },
    async before({ control, start }) {
      await control({ do: "delayNegotiates", delayMilliseconds: 2_500 });
      await start();
    },
    provoke: failing.provoke,
  },
  {
    name: "start, plain proxy_pass, nginx",
    how: "nginx with nothing but proxy_pass: no upgrade passes, and the event stream is held back until the server gives up",
    expected: "start: handshake-late",
    everyTransport: true,
    gateway: { kind: "nginx", location: "" },
    hub: "/hubs/board?handshakeTimeout=2000",
    ...failing,
  },
  {
    name: "start, sign-in redirect, nginx",
    how: "The negotiate is redirected to a sign-in page, which answers 200 with HTML",
    expected: "start: sign-in-redirect",
    gateway: {
      kind: "nginx",
      location: NGINX_UPGRADE,
      before: `location = /sign-in { default_type text/html; return 200 "<!doctype html><title>Sign in</title>"; }
    location ~ /negotiate$ { return 302 $scheme://$http_host/sign-in; }`,
    },
    ...failing,
  },
  {
    name: "start, token too long, nginx",
    how: "A token of 9 KB behind nginx as it is installed (large_client_header_buffers 4 8k): the negotiate itself is refused",
    expected: "start: token-too-long",
    client: { tokens: ["3600 9000"] },
    gateway: { kind: "nginx", location: NGINX_UPGRADE, pages: true },
    ...failing,
  },
  {
    name: "send refused, nginx",
    how: "Long polling behind nginx with client_max_body_size 1k; the app calls a method with 4 KB: 413",
    expected: "call refused",
    client: { ...retries, transport: "LongPolling" },
    gateway: { kind: "nginx", location: "client_max_body_size 1k;" },
    async provoke({ invoke, untilRecorded }) {
      await invoke("Echo", 1);
      await invoke("Echo", "x".repeat(4_000)).catch(() => undefined);
      await untilRecorded("the refused send", ({ kind }) => kind === "transport-request");
      await invoke("Echo", 2);
    },
  },
  {
    name: "start, no server, nginx",
    how: "Nothing listens behind nginx: the negotiate is answered 502",
    expected: "start: unavailable",
    gateway: { kind: "nginx", location: "", nobodyBehind: true },
    ...failing,
  },
  {
    name: "lifetime limit",
    how: "A TCP proxy cuts connections that are 5 s old, twice, in the midst of pings",
    expected: "lifetime-limit",
    client: { ...retries, keepAlive: 700 },
    hub: "/hubs/board?keepAlive=700",
    proxied: true,
    async provoke({ proxy, untilTold }) {
      proxy.cutOlderThan(5_000);
      await untilTold("reconnected", 2);
      proxy.cutOlderThan(0);
    },
  },
];
