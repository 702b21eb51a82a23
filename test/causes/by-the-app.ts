/** Breaks caused by the app, its frameworks and its users, while a connection starts, is open or ends. */
import { setTimeout as pause } from "node:timers/promises";
import type { TransportName } from "../../extension/core/protocol/terms.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { big, cut, failing, retries, type Provocation } from "./provocation.ts";
import type { Situation } from "../harness/situation/situation.ts";

/** Kestrel accepts at most 8,192 bytes for the first line of a request, which contains the token of a WebSocket. */
const LONG_TOKEN = "3600 9000";

/** Returns while the negotiate request is waiting for its answer. */
const whileNegotiating = async ({ control, begin, untilRecorded }: Situation): Promise<void> => {
  await control({ do: "delayNegotiates", delayMilliseconds: 2_000 });
  await begin();
  await untilRecorded("the negotiate", ({ kind }) => kind === "negotiate");
};

const sendRefused = (name: string, how: string, transport: TransportName): Provocation => ({
  name,
  how,
  expected: "call refused",
  client: { ...retries, transport },
  async provoke({ control, invoke, untilRecorded }) {
    await invoke("Echo", 1);
    await control({ do: "refuseSends", status: 413, count: 1 });
    await invoke("Echo", big(2_000)).catch(() => undefined);
    await untilRecorded("the refused send", ({ kind }) => kind === "transport-request");
    await invoke("Echo", 2);
  },
});

/** Calls stop() under zone.js after a call and, if requested, a time of silence. */
const stopUnderZone = (
  name: string,
  how: string,
  { silence = 0, ...client }: { silence?: Milliseconds; transport?: TransportName } = {},
): Provocation => ({
  name,
  how,
  expected: "stopped",
  client: { ...retries, ...client },
  page: "zone.js",
  async provoke({ invoke, stop }) {
    await invoke("Echo", 1);
    await pause(silence);
    await stop();
  },
});

export const BY_THE_APP: readonly Provocation[] = [
  {
    name: "start, token too long",
    how: "accessTokenFactory gives a token of 9 KB: Kestrel takes it in the negotiate's header, and not in the socket's address",
    expected: "start: token-too-long",
    client: { tokens: [LONG_TOKEN] },
    ...failing,
  },
  {
    name: "start, token too long, event stream",
    how: "The same with an event stream",
    expected: "start: token-too-long",
    client: { tokens: [LONG_TOKEN], transport: "ServerSentEvents" },
    ...failing,
  },
  {
    name: "token too long at a reconnect",
    how: "A TCP proxy cuts the connection; the next token is of 9 KB, and the one after it is short again",
    expected: "abrupt-loss, then token-too-long",
    client: { ...retries, tokens: ["3600", "3600", LONG_TOKEN, LONG_TOKEN, "3600"] },
    proxied: true,
    provoke: cut(),
  },
  {
    name: "no token at a reconnect",
    how: "A TCP proxy cuts the connection; accessTokenFactory throws at the first try, before its negotiate",
    expected: "abrupt-loss, then before-request",
    expectedOnWire: "abrupt-loss",
    client: { ...retries, tokens: ["3600", "3600", "throws", "3600"] },
    proxied: true,
    provoke: cut(),
  },
  {
    name: "no token for the socket at a reconnect",
    how: "The same, and accessTokenFactory throws after the negotiate, when the socket wants its token",
    expected: "abrupt-loss, then after-negotiate",
    expectedOnWire: "abrupt-loss",
    // Without the probe, an earlier negotiate could belong to another client.
    client: { retries: [0, 1_000, 1_000], tokens: ["3600", "3600", "3600", "throws", "3600"] },
    proxied: true,
    provoke: cut(),
  },
  {
    name: "start, no token",
    how: "accessTokenFactory throws at the first start",
    expected: "start: nothing-seen",
    // Nothing was sent, so nothing was recorded.
    expectedOnWire: "nothing recorded",
    client: { tokens: ["throws"] },
    ...failing,
  },
  {
    name: "policy returns null",
    how: "A TCP proxy cuts the connection, and the app's retry policy returns null at once",
    expected: "abrupt-loss",
    client: { policy: "null" },
    proxied: true,
    provoke: cut("closed"),
  },
  {
    name: "policy throws",
    how: "A TCP proxy cuts the connection, and the app's retry policy throws at once",
    expected: "abrupt-loss",
    client: { policy: "throws" },
    proxied: true,
    provoke: cut("closed"),
  },
  {
    name: "start, service worker answers",
    how: "The page's service worker answers the negotiate with 504; the server is there",
    expected: "start: service-worker",
    page: "service worker",
    async before({ start, workerAnswers }) {
      await workerAnswers();
      await start();
    },
    provoke: failing.provoke,
  },
  {
    name: "service worker answers at a reconnect",
    how: "A TCP proxy cuts the connection, and the page's service worker answers the next negotiates with 504",
    expected: "abrupt-loss, then service-worker",
    client: { retries: [0, 200] },
    page: "service worker",
    proxied: true,
    async provoke({ proxy, untilTold, invoke, workerAnswers }) {
      await invoke("Echo", 1);
      await workerAnswers();
      proxy.cut();
      await untilTold("closed");
    },
  },
  {
    name: "service worker answers a poll",
    how: "The page's service worker answers the next poll of a long polling client with 504",
    expected: "abrupt-loss, then service-worker",
    client: { retries: [0, 200], transport: "LongPolling" },
    page: "service worker",
    async provoke({ control, untilTold, invoke, workerAnswers }) {
      await invoke("Echo", 1);
      await workerAnswers();
      // The message ends the waiting poll.
      await control({ do: "sendText", text: '{"type":6}\u001e' });
      await untilTold("closed");
    },
  },
  sendRefused(
    "send refused, event stream",
    "The server answers a POST of an event stream client with 413: that call fails, the connection stays",
    "ServerSentEvents",
  ),
  sendRefused("send refused, long polling", "The same over long polling", "LongPolling"),
  {
    name: "page left while negotiating",
    how: "The user reloads the page while its negotiate is on its way",
    expected: "page left",
    before: whileNegotiating,
    async provoke({ page }) {
      await page.reload();
    },
  },
  {
    name: "page left while connecting",
    how: "The user reloads the page while its socket waits for the answer to its upgrade",
    expected: "page left",
    proxied: true,
    async before({ proxy, begin, untilRecorded }) {
      proxy.holdUpgrade(3_000);
      await begin();
      await untilRecorded("the socket", ({ kind }) => kind === "socket");
    },
    async provoke({ page }) {
      await page.reload();
    },
  },
  {
    // Without the probe it is known only later, when no transport has followed the negotiate.
    name: "stop() while negotiating",
    how: "The app calls stop() while its negotiate takes 2 s",
    expected: "stopped",
    expectedOnWire: ["stopped", "not connected"],
    before: whileNegotiating,
    async provoke({ stop, untilRecorded }) {
      await stop();
      await untilRecorded("the answer", ({ kind }) => kind === "negotiate-ended");
    },
  },
  stopUnderZone(
    "stop() under zone.js",
    "The app calls stop() at once after a call, under zone.js: the client's Close doesn't get out",
  ),
  stopUnderZone("stop() under zone.js after a while", "The same after 4 s in which nothing was said", {
    silence: 4_000,
  }),
  stopUnderZone(
    "stop() under zone.js, event stream",
    "The app calls stop() on an event stream under zone.js",
    { transport: "ServerSentEvents" },
  ),
  stopUnderZone("stop() under zone.js, long polling", "The app calls stop() on a poll loop under zone.js", {
    transport: "LongPolling",
  }),
  {
    name: "two connections to one hub",
    how: "The page starts two connections to one hub, one after the other; a TCP proxy cuts both, and both come back",
    expected: "2 hub connections",
    client: retries,
    proxied: true,
    async provoke({ proxy, start, untilTold }) {
      await start("two");
      proxy.cut();
      await untilTold("reconnected");
      await untilTold("reconnected", 1, "two");
    },
  },
];
