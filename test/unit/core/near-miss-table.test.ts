/**
 * Cases that look like a cause but have another, next to real ones: one line each, with and without the client probe. The
 * labels are those of the provocations (test/causes/classify.ts).
 */
import { describe, expect, it } from "vitest";
import { classify, withoutProbe } from "../../causes/classify.ts";
import { script, URL_OF_HUB, type EventScript } from "./event-script.ts";

const NEGOTIATE = `${URL_OF_HUB}/negotiate?negotiateVersion=1`;
const NGINX_TOO_LARGE = 'HTML page "400 Request Header Or Cookie Too Large"';

const starting = (): EventScript => script().at(0).page().hub().state("Disconnected", "Connecting").at(10);

interface Answer {
  readonly status: number | null;
  readonly error?: string;
  readonly byServiceWorker?: true;
}

const asks = (events: EventScript, request: number, { status, ...rest }: Answer): EventScript =>
  events.add(
    { kind: "negotiate", request, url: NEGOTIATE, api: "fetch", askedStatefulReconnect: false },
    { kind: "negotiate-ended", request, status, ...rest },
  );

/** A start whose negotiate gets this answer. */
const answered = (answer: Answer): EventScript =>
  asks(starting(), 1, answer).at(20).state("Connecting", "Disconnected");

interface Upgrade {
  readonly status: number | null;
  readonly error?: string;
}

/** A start whose socket, with an address of this length, closes before it opens. */
const refused = (addressLength: number, upgrade?: Upgrade): EventScript => {
  const events = starting().negotiate(1, "id-1").at(20);
  events.add({
    kind: "socket",
    transport: "WebSockets",
    socket: 1,
    request: 1,
    url: "wss://x/",
    addressLength,
  });
  if (upgrade) events.add({ kind: "upgrade", socket: 1, ...upgrade });
  return events.closed(1).at(30).state("Connecting", "Disconnected");
};

const lost = (events: EventScript, error = "WebSocket closed with status code: 1006"): EventScript =>
  events.add({ kind: "hub-lost", hub: 1, error }).state("Connected", "Reconnecting");
const plans = (events: EventScript, n: number, reason: string, delay: number | null = 0): EventScript =>
  events.add({ kind: "retry", hub: 1, previousRetryCount: n, elapsed: 0, delay, reason });

/** A lost connection: the first attempt fails in the given way, the next one connects. */
const cut = (firstTry: (events: EventScript) => EventScript, reason = "no"): EventScript => {
  const events = script().connected().at(5_000).closed(1);
  plans(lost(events), 0, "lost");
  firstTry(events.at(5_010)).at(5_100);
  plans(events, 1, reason, 1_000);
  return events
    .at(6_200)
    .negotiate(3, "id-3")
    .at(6_250)
    .socket(3, 3)
    .state("Reconnecting", "Connected", "id-3");
};

/** A hub that had a socket with an equally long address, and whose next socket is refused. */
const longAgain = (worked: boolean): EventScript =>
  cut((events) => {
    if (worked)
      for (const event of events.events)
        if (event.kind === "socket") Object.assign(event, { addressLength: 9_000 });
    events.negotiate(2, "id-2");
    return events
      .add({
        kind: "socket",
        transport: "WebSockets",
        socket: 2,
        request: 2,
        url: "wss://x/",
        addressLength: 9_000,
      })
      .closed(2);
  }, "WebSocket failed to connect.");

/** The page is left this long after its start failed. */
const left = (events: EventScript, after: number): EventScript =>
  events.at(20 + after).add({ kind: "lifecycle", phase: "pagehide", persisted: false });
const inBrowser = (userAgent: string, events: EventScript): EventScript => {
  Object.assign(events.events[0] ?? {}, { userAgent });
  return events;
};
const CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36";

/** The server sends a Close without allowReconnect this long after the handshake. */
const closes = (
  after: number,
  error: string | undefined,
  before: (events: EventScript) => unknown,
): EventScript => {
  const events = script().connected();
  before(events.at(30));
  events.at(20 + after).message({
    socket: 1,
    direction: "in",
    type: 7,
    ...(error === undefined ? {} : { error }),
  });
  events.add({ kind: "socket-closing", socket: 1, duringMessage: true }).closed(1, 1000);
  return events
    .add({ kind: "hub-lost", hub: 1, ...(error === undefined ? {} : { error }) })
    .state("Connected", "Disconnected");
};
const greets = (events: EventScript) =>
  events.message({ socket: 1, direction: "in", type: 1, target: "hello" });
const answersCall = (events: EventScript) =>
  events
    .message({ socket: 1, direction: "out", type: 1, target: "Echo", invocationId: "0" })
    .message({ socket: 1, direction: "in", type: 3, invocationId: "0" });
const NO_DETAILS = "Connection closed with an error.";

/** The page closes the socket itself, without a Close message of the client, after this time of silence. */
const pageCloses = (silence: number, broken = false): EventScript => {
  const events = script().connected().at(1_000);
  events.message({ socket: 1, direction: "in", type: broken ? 0 : 6 });
  events.at(1_000 + silence).add({ kind: "socket-closing", socket: 1, duringMessage: broken });
  return events.at(1_010 + silence).closed(1, 1000);
};
const stopped = (events: EventScript): EventScript =>
  events.state("Connected", "Disconnecting").state("Disconnecting", "Disconnected");

/** A call over an HTTP transport, whose POST gets this status. */
const sends = (status: number | null, transport: "ServerSentEvents" | "LongPolling"): EventScript => {
  const events = starting().negotiate(1, "id-1").at(20).socket(1, 1, transport);
  events.state("Connecting", "Connected", "id-1").at(1_000);
  events.message({ socket: 1, direction: "out", type: 1, target: "Echo", invocationId: "0" }).at(1_040);
  return events.add({ kind: "transport-request", socket: 1, method: "POST", duration: 40, status });
};

/** [description, events, expected label, expected label without the probe if it differs] */
const TABLE: readonly (readonly [string, EventScript, string, string?])[] = [
  ["a socket with an address above 8 KB is refused", refused(9_000), "start: token-too-long"],
  ["one with an address of 7,900 characters is refused", refused(7_900), "start: transport-failed"],
  [
    "one above 8 KB meets nobody",
    refused(9_000, { status: null, error: "NS_ERROR_CONNECTION_REFUSED" }),
    "start: connection-refused",
  ],
  ["one above 8 KB is answered 401", refused(9_000, { status: 401 }), "start: unauthorized"],
  ["one of 5,000 characters is answered 414", refused(5_000, { status: 414 }), "start: token-too-long"],
  ["a long address is refused that was short before", longAgain(false), "abrupt-loss, then token-too-long"],
  ["a long address is refused, and one as long had worked", longAgain(true), "abrupt-loss"],
  ["a negotiate is answered 431", answered({ status: 431 }), "start: token-too-long"],
  ["a negotiate is answered 413, which has no body", answered({ status: 413 }), "start: token-too-long"],
  [
    "a negotiate is answered 400 by nginx, for its headers",
    answered({ status: 400, error: NGINX_TOO_LARGE }),
    "start: token-too-long",
  ],
  [
    "a negotiate is answered 400 for something else",
    answered({ status: 400, error: "Bad request: the name is too long" }),
    "start: refused",
  ],
  [
    "a service worker answers a negotiate with 504",
    answered({ status: 504, byServiceWorker: true }),
    "start: service-worker",
  ],
  ["a proxy answers a negotiate with 504", answered({ status: 504 }), "start: gateway-timeout"],
  [
    "a service worker answers after a loss",
    cut((events) => asks(events, 2, { status: 504, byServiceWorker: true })),
    "abrupt-loss, then service-worker",
  ],
  ["a proxy answers 503 after a loss", cut((events) => asks(events, 2, { status: 503 })), "server-gone"],
  [
    "no token at a try: nothing is sent",
    cut((events) => events, "No token today."),
    "abrupt-loss, then before-request",
    "abrupt-loss",
  ],
  [
    "no token for the socket: the negotiate was answered",
    cut((events) => events.negotiate(2, "id-2"), "WebSockets failed: Error: No token today."),
    "abrupt-loss, then after-negotiate",
    "abrupt-loss",
  ],
  ["a send over an event stream is refused with 413", sends(413, "ServerSentEvents"), "call refused"],
  ["a send over long polling gets no answer", sends(null, "LongPolling"), "call refused"],
  [
    "a start without an answer, and the page is left at once",
    left(answered({ status: null }), 12),
    "page left",
  ],
  ["the same, and the page is left 5 s later", left(answered({ status: null }), 5_000), "start: unreachable"],
  [
    "the same in Chromium, which tells no page of it",
    inBrowser(CHROMIUM, left(answered({ status: null }), 12)),
    "start: unreachable",
  ],
  [
    "a start answered 503, and the page is left at once",
    left(answered({ status: 503 }), 12),
    "start: unavailable",
  ],
  ["a socket that closes, and the page is left at once", left(refused(200), 12), "page left"],
  ["OnConnectedAsync throws", closes(50, NO_DETAILS, () => undefined), "connect-handler-failed"],
  ["OnConnectedAsync sends, then throws", closes(50, NO_DETAILS, greets), "connect-handler-failed"],
  ["the same words after a call was answered", closes(50, NO_DETAILS, answersCall), "server-closed-for-good"],
  ["the same words after 15 s", closes(15_000, NO_DETAILS, greets), "server-closed-for-good"],
  [
    "Context.Abort() right after the handshake",
    closes(50, undefined, () => undefined),
    "server-closed-for-good",
  ],
  [
    "Azure's words right after the handshake",
    closes(50, "No app server is currently connected to the Azure service.", () => undefined),
    "azure-service",
  ],
  [
    "Azure's SDK answers a negotiate with 500",
    answered({ status: 500, error: "Azure SignalR Service is not connected yet, please try again later." }),
    "start: azure-refused",
  ],
  [
    "another 500 at a negotiate",
    answered({ status: 500, error: "Object reference not set" }),
    "start: server-error",
  ],
  [
    "a web app on Azure that has no hub there",
    answered({ status: 404, error: 'HTML page "Microsoft Azure Web App - Error 404"' }),
    "start: not-found",
  ],
  ["stop() without a Close (zone.js)", stopped(pageCloses(300)), "stopped"],
  [
    "the page closes after 30 s of silence",
    lost(pageCloses(30_010), "Server timeout elapsed without receiving a message from the server."),
    "server-timeout",
  ],
  [
    "the page closes over a message that it can't read",
    lost(pageCloses(0, true), "Message is incomplete."),
    "unreadable-message",
  ],
];

describe("near misses", () => {
  for (const [what, { events }, probe, wire = probe] of TABLE)
    it(what, () => {
      expect(classify(events).name).toBe(probe);
      expect(classify(withoutProbe(events)).name).toBe(wire);
    });
});
