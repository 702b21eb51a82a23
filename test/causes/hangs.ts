/** Connections that hang: a step is neither answered nor refused. The recording is judged while it still waits, or after it went on. */
import { setTimeout as pause } from "node:timers/promises";
import { redirects } from "../harness/situation/place.ts";
import { failing, retries, type Provocation } from "./provocation.ts";
import type { Situation } from "../harness/situation/situation.ts";

/** A bit longer than the limits of the watchdogs. */
const LONG_ENOUGH = 16_000;
/** Where all connections of the browser are in use, it is a hang as soon as it is shown. */
const SOON_ENOUGH = 6_000;

/** A bit longer than the limit for the answer to a negotiate, and than the client's default server timeout. */
const LONGEST = 32_000;

const PATIENT = "/hubs/board?handshakeTimeout=60000";

/** A client that starts and waits, as far as anybody can tell, forever. */
const waits = (prepare: (situation: Situation) => void | Promise<void> = () => undefined) => ({
  async before(situation: Situation) {
    await prepare(situation);
    await situation.begin();
  },
  provoke: () => pause(LONG_ENOUGH),
  waits: true as const,
});

async function slowAndQuick({ page }: Situation): Promise<void> {
  await page.evaluate(() => {
    const one = window.clients["one"]!;
    return Promise.all([one.invoke("Delay", 2_000), one.invoke("Echo", 1), one.invoke("Echo", 2)]);
  });
}

export const HANGS: readonly Provocation[] = [
  {
    name: "upgrade never answered",
    how: "A TCP proxy passes the negotiate, and keeps the answer to the WebSocket's upgrade",
    expected: "hang: upgrade-unanswered",
    proxied: true,
    // Otherwise the server would give up the handshake after 15 s.
    hub: PATIENT,
    ...waits(({ proxy }) => {
      proxy.holdUpgrade(60_000);
    }),
  },
  {
    name: "upgrade never answered, server gives up",
    how: "The same; after its HandshakeTimeout of 12 s the server closes the connection",
    expected: "start: upgrade-unanswered",
    proxied: true,
    hub: "/hubs/board?handshakeTimeout=12000",
    async before({ proxy, start }) {
      proxy.holdUpgrade(60_000);
      await start();
    },
    provoke: failing.provoke,
  },
  {
    name: "upgrade answered after 16 s",
    how: "The same, but the answer comes after 16 s and the client connects",
    expected: "hang: upgrade-unanswered",
    proxied: true,
    async before({ proxy, begin }) {
      proxy.holdUpgrade(LONG_ENOUGH);
      await begin();
    },
    hub: PATIENT,
    provoke: ({ untilTold }) => untilTold("connected"),
  },
  {
    name: "CSP without ws:",
    how: "The page's Content-Security-Policy allows http:, but no ws: in its connect-src. In Chromium the blocked WebSocket never closes",
    // The browser names the policy, so it isn't a hang of unknown cause.
    expected: "start: csp",
    connectSources: "'self' http:",
    ...waits(),
  },
  {
    name: "token factory never settles",
    how: "The promise of accessTokenFactory never settles before the negotiate",
    expected: "hang: token-pending",
    // Nothing is sent, so the wire shows nothing.
    expectedOnWire: "nothing recorded",
    client: { tokens: ["never"] },
    ...waits(),
  },
  {
    name: "token factory never settles for the transport",
    how: "accessTokenFactory returns a token for the negotiate; its promise for the WebSocket never settles",
    expected: "hang: token-pending",
    client: { tokens: ["3600", "never"] },
    ...waits(),
  },
  {
    name: "negotiate never answered",
    how: "The server keeps the answer to the negotiate; the client's request timeout is 11 s",
    expected: "start: negotiate-unanswered",
    client: { requestTimeout: 11_000 },
    proxied: true,
    async before({ control, start }) {
      await control({ do: "delayNegotiates", delayMilliseconds: 20_000 });
      await start();
    },
    provoke: failing.provoke,
  },
  {
    name: "redirected negotiate never answered",
    how: "The negotiate is redirected to another server, which lets the page's preflight pass and keeps the answer to the negotiate",
    expected: "hang: negotiate-unanswered",
    at: () => redirects(),
    ...waits(),
    provoke: () => pause(LONGEST),
  },
  {
    name: "redirected negotiate, client gives up",
    how: "The same; the client's request timeout is 11 s",
    expected: "start: negotiate-unanswered",
    client: { requestTimeout: 11_000 },
    at: () => redirects(),
    ...failing,
  },
  {
    name: "event stream held back, nginx",
    how: "nginx buffers answers (proxy_buffering on, its default): the event stream doesn't open",
    expected: "hang: event-stream-unanswered",
    client: { transport: "ServerSentEvents" },
    gateway: { kind: "nginx", location: "" },
    hub: PATIENT,
    ...waits(),
  },
  {
    name: "handshake never answered",
    how: "A TCP proxy lets the upgrade pass and swallows the handshake; the client still waits",
    expected: "hang: handshake-unanswered",
    proxied: true,
    ...waits(({ proxy }) => {
      proxy.goSilentAfterUpgrade();
    }),
  },
  {
    name: "six event streams to one host",
    how: "Five clients are connected over event streams with HTTP/1.1. A sixth opens its stream and can't send its handshake; a seventh can't negotiate",
    expected: "hang: connections-in-use",
    client: { transport: "ServerSentEvents" },
    proxied: true,
    async before({ start, begin }) {
      for (const name of ["a", "b", "c", "d", "e"]) await start(name);
      await begin("f");
      await begin();
    },
    provoke: () => pause(SOON_ENOUGH),
    waits: true,
  },
  {
    name: "no first ping",
    how: "A TCP proxy swallows all that the server sends after its handshake response; the client's server timeout is two minutes",
    // With the probe it is known that the client waits that long: it isn't stuck yet.
    expected: "fine",
    expectedOnWire: "hang: no-ping",
    client: { serverTimeout: 120_000 },
    proxied: true,
    async provoke({ proxy }) {
      proxy.silenceOpen("in");
      await pause(LONGEST);
    },
    waits: true,
  },
  {
    name: "no first ping, client gives up",
    how: "The same; the client's server timeout is 6 s, and the proxy then heals",
    expected: "server-timeout",
    client: { ...retries, serverTimeout: 6_000 },
    hub: "/hubs/board?keepAlive=2000",
    proxied: true,
    async provoke({ proxy, untilTold }) {
      proxy.silenceOpen("in");
      await untilTold("reconnecting");
      proxy.heal();
      await untilTold("reconnected");
    },
  },
  {
    name: "calls behind a slow one",
    how: "A call of 2 s, and two quick ones right after it, to a server that runs the calls of a connection one after the other (MaximumParallelInvocationsPerClient = 1, its default)",
    expected: "fine, calls queued",
    hub: "/hubs/board?parallelInvocations=1",
    provoke: slowAndQuick,
  },
  {
    name: "calls beside a slow one",
    how: "A call of 2 s, and two quick ones right after it: this server runs eight calls of a connection at once, so their answers overtake the slow one's",
    expected: "fine",
    provoke: slowAndQuick,
  },
  {
    name: "answers held back until the next ping",
    how: "A TCP proxy passes the server's data on only when 50 bytes wait: an answer stays until the ping after it; the server pings every 1.5 s",
    expected: "fine, answers held back",
    hub: "/hubs/board?keepAlive=1500",
    proxied: true,
    async provoke({ proxy, invoke }) {
      proxy.gather(50);
      for (let i = 0; i < 5; i++) await invoke("Echo", i);
    },
  },
];
