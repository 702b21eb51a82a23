/** Verdicts by what the browser tells, next to cases that look alike: one line each, with and without the client probe. */
import { describe, expect, it } from "vitest";
import { classify, withoutProbe, type Label } from "../../causes/classify.ts";
import type { RequestSeen } from "../../../extension/core/events/browser-events.ts";
import { networkError } from "../../../extension/core/diagnosis/network-errors.ts";
import { answeredBy } from "../../../extension/core/text/answered-by.ts";
import { script, URL_OF_HUB, type EventScript } from "./event-script.ts";

type Seen = Partial<Omit<RequestSeen, "kind" | "request" | "seq" | "t">>;

interface Failure {
  /** The page has another origin than the hub. */
  readonly foreign?: true;
  readonly seen?: Seen;
  readonly error?: string;
  readonly blocked?: string;
  /** What the browser tells comes before the page is told. */
  readonly before?: true;
}

const fails = (
  events: EventScript,
  request: number,
  { foreign, seen, error = "TypeError: Failed to fetch", blocked, before }: Failure,
): EventScript => {
  const negotiate = `${URL_OF_HUB}/negotiate?negotiateVersion=1`;
  const page = events.events[0];
  if (foreign && page?.kind === "page") events.events[0] = { ...page, url: "https://app.example/" };
  events.add({ kind: "negotiate", request, url: negotiate, api: "fetch", askedStatefulReconnect: false });
  const ends = (): EventScript => events.add({ kind: "negotiate-ended", request, status: null, error });
  if (!before) ends();
  if (seen) events.add({ kind: "request-seen", request, method: "POST", status: null, ...seen });
  if (blocked !== undefined) events.add({ kind: "policy-violation", url: blocked, directive: "connect-src" });
  if (before) ends();
  return events;
};

/** A start whose negotiate has no answer for the page. */
const start = (failure: Failure): EventScript =>
  fails(script().at(0).page().hub().state("Disconnected", "Connecting").at(10), 1, failure)
    .at(20)
    .state("Connecting", "Disconnected");

/** A lost connection whose first try has no answer for the page; the next one connects. */
const lost = (failure: Failure): EventScript => {
  const events = script().connected().at(5_000).closed(1);
  events.add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006" });
  events.state("Connected", "Reconnecting");
  const plan = (previousRetryCount: number, delay: number): EventScript =>
    events.add({ kind: "retry", hub: 1, previousRetryCount, elapsed: 0, delay, reason: "no" });
  plan(0, 0);
  fails(events.at(5_010), 2, failure).at(5_100);
  plan(1, 1_000);
  return events
    .at(6_200)
    .negotiate(3, "id-3")
    .at(6_250)
    .socket(3, 3)
    .state("Reconnecting", "Connected", "id-3");
};

const failed = { error: "net::ERR_FAILED" };
const aborted = "AbortError: The user aborted a request.";
const login = "https://login.example/oauth2/authorize";

/** A start whose negotiate is answered with 2xx and no connection. */
const useless = (
  more: { error?: string; statusText?: string; refused?: boolean },
  seen?: Seen,
): EventScript => {
  const url = `${URL_OF_HUB}/negotiate?negotiateVersion=1`;
  const events = script().at(0).page().hub().state("Disconnected", "Connecting").at(10);
  events.add({ kind: "negotiate", request: 1, url, api: "fetch", askedStatefulReconnect: false });
  events.add({ kind: "negotiate-ended", request: 1, status: 200, ...more });
  if (seen) events.add({ kind: "request-seen", request: 1, method: "POST", status: 200, ...seen });
  return events.at(20).state("Connecting", "Disconnected");
};

const CASES: readonly (readonly [string, EventScript, string, Label["confidence"]])[] = [
  ["nothing is told", start({}), "start: unreachable", "medium"],
  ["a page instead of an answer", useless({ error: "<html>Start" }), "start: not-signalr", "high"],
  [
    "a server that says no",
    useless({ error: "No room.", refused: true }),
    "start: negotiate-refused",
    "high",
  ],
  ["an answer without a body", useless({ error: "OK", statusText: "OK" }), "start: empty-answer", "high"],
  [
    "an answer that was cut",
    useless({ error: "OK", statusText: "OK" }, { error: "net::ERR_CONTENT_LENGTH_MISMATCH" }),
    "start: cut-while-connecting",
    "high",
  ],
  [
    "an error of a gateway without CORS",
    start({ foreign: true, seen: { status: 502 } }),
    "start: unavailable",
    "high",
  ],
  ["a 401 without CORS", start({ foreign: true, seen: { status: 401 } }), "start: unauthorized", "high"],
  [
    "a rejected preflight",
    start({ foreign: true, seen: { status: 405, preflight: true } }),
    "start: cors",
    "high",
  ],
  [
    "a redirect in a circle",
    start({ seen: { error: "net::ERR_TOO_MANY_REDIRECTS", redirectedTo: URL_OF_HUB } }),
    "start: redirect-loop",
    "high",
  ],
  [
    "an origin that asks for a proxy's sign-in",
    start({ seen: { error: "net::ERR_UNEXPECTED_PROXY_AUTH" } }),
    "start: unreachable",
    "medium",
  ],
  ["only that it failed, own origin", start({ seen: failed }), "start: unreachable", "medium"],
  ["only that it failed, other origin", start({ foreign: true, seen: failed }), "start: cors", "medium"],
  [
    "only that it failed, as the app has ended it",
    start({ foreign: true, seen: failed, error: aborted }),
    "start: unreachable",
    "medium",
  ],
  [
    "an answer that the page didn't get",
    start({ foreign: true, seen: { status: 200, headers: ["server: nginx"] } }),
    "start: cors",
    "high",
  ],
  [
    "a preflight that was answered",
    start({ foreign: true, seen: { status: 404, error: "NS_ERROR_DOM_BAD_URI", preflight: true } }),
    "start: cors",
    "high",
  ],
  [
    "a preflight that met nobody",
    start({ foreign: true, seen: { error: "NS_ERROR_UNKNOWN_HOST", preflight: true } }),
    "start: name-not-resolved",
    "high",
  ],
  [
    "a certificate",
    start({ seen: { error: "net::ERR_CERT_DATE_INVALID" } }),
    "start: bad-certificate",
    "high",
  ],
  [
    "a certificate, told first",
    start({ seen: { error: "net::ERR_CERT_DATE_INVALID" }, before: true }),
    "start: bad-certificate",
    "high",
  ],
  [
    "a redirect to sign in",
    start({ seen: { status: 302, redirectedTo: login } }),
    "start: sign-in-redirect",
    "high",
  ],
  [
    "a redirect to somewhere",
    start({ seen: { status: 302, redirectedTo: "https://other.example/" } }),
    "start: sign-in-redirect",
    "medium",
  ],
  ["a policy", start({ blocked: `${URL_OF_HUB}/negotiate` }), "start: csp", "high"],
  ["a policy, told first", start({ blocked: `${URL_OF_HUB}/negotiate`, before: true }), "start: csp", "high"],
  [
    "a policy that blocked something else",
    start({ blocked: "https://board.example/other/negotiate" }),
    "start: unreachable",
    "medium",
  ],
  ["lost, then refused", lost({ seen: { error: "net::ERR_CONNECTION_REFUSED" } }), "server-gone", "high"],
  ["lost, then no name", lost({ seen: { error: "net::ERR_NAME_NOT_RESOLVED" } }), "server-gone", "medium"],
  [
    "lost, then answered 503 without CORS",
    lost({ foreign: true, seen: { status: 503 } }),
    "server-gone",
    "high",
  ],
  ["lost, then blocked", lost({ seen: { error: "net::ERR_BLOCKED_BY_CLIENT" } }), "abrupt-loss", "medium"],
  ["lost, then another network", lost({ seen: { error: "net::ERR_NETWORK_CHANGED" } }), "offline", "medium"],
  ["lost, then no network", lost({ seen: { error: "net::ERR_INTERNET_DISCONNECTED" } }), "offline", "high"],
];

describe("what the browser tells", () => {
  it.each(CASES)("%s", (_what, { events }, name, confidence) => {
    expect(classify(events)).toEqual({ name, confidence });
    expect(classify(withoutProbe(events))).toEqual({ name, confidence });
  });
});

describe("the computer's clock", () => {
  const jump = (by: number, since: number, t: number): EventScript => {
    const events = lost({});
    const last = events.events.at(-1)?.t ?? 0;
    const from = last - 6_250;
    return events.add({ kind: "clock-jump", by, since: from + since, t: from + t });
  };
  it.each([
    ["moved far forward around the loss", jump(60_000, 4_000, 5_500), "asleep"],
    ["moved a little", jump(5_000, 4_000, 5_500), "server-gone"],
    ["moved back", jump(-60_000, 4_000, 5_500), "server-gone"],
    ["moved long after the loss", jump(60_000, 5_600, 6_000), "server-gone"],
  ] as const)("%s", (_what, { events }, name) => {
    expect(classify(events)).toEqual({ name, confidence: "medium" });
  });
});

it.each([
  ["net::ERR_CERT_COMMON_NAME_INVALID", "bad-certificate"],
  ["The certificate is not trusted because it is self-signed.", "bad-certificate"],
  ["SSL received a record that exceeded the maximum permissible length.", "tls-failed"],
  ["net::ERR_SSL_PROTOCOL_ERROR", "tls-failed"],
  ["net::ERR_PROXY_CONNECTION_FAILED", "proxy-failed"],
  ["NS_ERROR_UNKNOWN_PROXY_HOST", "proxy-failed"],
  ["net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", "local-network"],
  ["net::ERR_CONNECTION_TIMED_OUT", "timed-out"],
  ["NS_ERROR_NET_RESET", "cut-while-connecting"],
  ["net::ERR_FAILED", undefined],
  ["NS_BINDING_ABORTED", undefined],
])("%s is %s", (error, obstacle) => {
  expect(networkError(error)?.obstacle).toBe(obstacle);
});

it.each([
  [["server: nginx/1.22.1"], "answered by nginx/1.22.1"],
  [["server: cloudflare", "cf-ray: 8f1-FRA"], "answered by Cloudflare (ray 8f1-FRA)"],
  [
    ["server: Kestrel", "via: 1.1 varnish", "x-azure-ref: 0abc"],
    "answered by Azure Front Door (x-azure-ref 0abc), server Kestrel, via 1.1 varnish",
  ],
  [["via: 1.1 google"], "answered by a proxy, via 1.1 google"],
  [["other: x"], ""],
])("%j is “%s”", (headers, words) => {
  expect(answeredBy(headers)).toBe(words);
});
