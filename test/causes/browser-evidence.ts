/** What only the browser knows: a request that the page is told nothing of but that it failed. */
import { createServer as createHttpsServer } from "node:https";
import { createServer } from "node:net";
import { allow, at, http, listen, type Place } from "../harness/situation/place.ts";
import { selfSigned } from "../harness/situation/self-signed.ts";
import { failing, retries, serverDoes, type Provocation } from "./provocation.ts";

/** Reads what the page sent, and then breaks the connection. */
const resets = (): Promise<Place> =>
  listen(
    createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => {
        socket.resetAndDestroy();
      });
    }),
  );

/** Forbids the page, from now on, to connect to anything but these. */
const policy = (sources: (hub: URL) => string): Pick<Provocation, "before"> => ({
  async before({ page, begin, hub }) {
    await page.evaluate(
      (allowed) => {
        const meta = document.createElement("meta");
        meta.httpEquiv = "Content-Security-Policy";
        meta.content = `connect-src ${allowed}`;
        document.head.append(meta);
      },
      sources(new URL(hub)),
    );
    await begin();
  },
});

const isViolation = ({ kind }: { readonly kind: string }): boolean => kind === "policy-violation";

const NEGOTIATED = JSON.stringify({
  negotiateVersion: 1,
  connectionId: "a",
  connectionToken: "b",
  availableTransports: [{ transport: "ServerSentEvents", transferFormats: ["Text"] }],
});

export const BROWSER_EVIDENCE: readonly Provocation[] = [
  {
    name: "start, certificate not trusted",
    how: "The hub's server has a certificate that it signed itself",
    expected: "start: bad-certificate",
    async at() {
      const { key, cert } = await selfSigned();
      return listen(
        createHttpsServer({ key, cert }, (_request, answer) => answer.end("{}")),
        "https",
      );
    },
    ...failing,
  },
  {
    name: "start, plain HTTP at an https address",
    how: "The hub's address begins with https:, and the port speaks plain HTTP",
    expected: "start: tls-failed",
    async at() {
      const place = await http((_request, answer) => answer.end("{}"))();
      return { ...place, url: place.url.replace("http:", "https:") };
    },
    ...failing,
  },
  {
    name: "start, host name not found",
    how: "The hub's host doesn't exist (.invalid)",
    expected: "start: name-not-resolved",
    at: at("http://hub.invalid"),
    ...failing,
  },
  {
    name: "start, unsafe port",
    how: "The hub's port is one to which browsers don't connect (6000)",
    // Firefox reports nothing of such a request, not even to extensions: there it is inferred from the port.
    expected: "start: unsafe-port",
    at: at("http://127.0.0.1:6000"),
    ...failing,
  },
  {
    name: "start, cut before an answer",
    how: "The server resets the connection when it has the negotiate",
    expected: "start: cut-while-connecting",
    at: resets,
    ...failing,
  },
  {
    name: "start, no CORS headers",
    how: "The hub is on another origin, and its answers have no CORS headers",
    expected: "start: cors",
    at: http((_request, answer) => {
      answer.setHeader("Server", "nginx/1.22.1");
      answer.setHeader("CF-Ray", "8f1b2c3d4e5f-FRA");
      answer.end("{}");
    }),
    ...failing,
  },
  {
    name: "start, redirected to another origin",
    how: "The negotiate is redirected to a sign-in page of another origin, which has no CORS headers",
    expected: "start: sign-in-redirect",
    at: http((request, answer) => {
      allow(request, answer);
      const isPreflight = request.method === "OPTIONS";
      answer.writeHead(isPreflight ? 204 : 302, { Location: "http://localhost:1/account/login" });
      answer.end();
    }),
    ...failing,
  },
  {
    name: "start, CSP forbids the hub",
    how: "The page's Content Security Policy allows connections to the page's own origin only",
    expected: "start: csp",
    ...policy(() => "'self'"),
    async provoke({ untilTold, untilRecorded }) {
      await untilTold("start failed");
      await untilRecorded("the violation", isViolation);
    },
  },
  {
    name: "start, CSP without ws:",
    how: "The page's Content Security Policy allows the hub's http: origin, and not its ws: origin",
    expected: "start: csp",
    ...policy(({ origin }) => `'self' ${origin}`),
    // In Chromium the client waits for ever: there is nothing that it could be told.
    async provoke({ untilRecorded, page }) {
      await untilRecorded("the violation", isViolation);
      if (!(await page.evaluate(() => navigator.userAgent.includes("Firefox"))))
        await untilRecorded("the end of the socket", ({ kind }) => kind === "socket-closed");
    },
  },
  {
    name: "start, event stream unknown to the server",
    how: "The event stream that follows the negotiate reaches a server that doesn't know its id (404)",
    // The page can't see the status of an event stream.
    expected: "start: no-such-connection",
    client: { transport: "ServerSentEvents" },
    async before({ control, start }) {
      await control({ do: "forgetNegotiated", count: 1 });
      await start();
    },
    provoke: failing.provoke,
  },
  {
    name: "start, event stream answered with a page",
    how: "The negotiate is answered as a server does, and the event stream with a page of HTML (200)",
    expected: "start: event-stream-failed",
    client: { transport: "ServerSentEvents" },
    at: http((request, answer) => {
      allow(request, answer);
      if (request.method === "GET") answer.setHeader("Content-Type", "text/html").end("<title>Board</title>");
      else answer.end(request.method === "POST" ? NEGOTIATED : "");
    }),
    ...failing,
  },
  {
    name: "start, event stream answered 502 by nginx",
    how: "nginx answers every request but the negotiate with 502",
    expected: "start: unavailable",
    client: { transport: "ServerSentEvents" },
    gateway: {
      kind: "nginx",
      location: "proxy_http_version 1.1;",
      before: "location = /hubs/board { return 502; }",
    },
    ...failing,
  },
  {
    name: "cut, then CSP for the next try",
    how: "The server drops the socket while a Content Security Policy has just forbidden the hub",
    // Nothing is known of the loss itself; the policy is what prevents the reconnect.
    expected: "abrupt-loss",
    client: { retries: [0, 200] },
    async provoke(situation) {
      await situation.page.evaluate(() => {
        const meta = document.createElement("meta");
        meta.httpEquiv = "Content-Security-Policy";
        meta.content = "connect-src 'self'";
        document.head.append(meta);
      });
      await serverDoes({ do: "dropSockets" }, "closed")(situation);
    },
  },
  {
    name: "start, connection refused",
    how: "Nothing listens at the port",
    expected: "start: connection-refused",
    client: retries,
    async at() {
      const place = await resets();
      await place.stop();
      return { url: place.url, stop: () => Promise.resolve() };
    },
    ...failing,
  },
];
