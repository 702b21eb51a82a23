/** Why a try to connect failed: the answer of the server or the network. */
import type { AttemptModel, AttemptOutcome, Knowledge } from "../model/types.ts";
import type { Obstacle, ObstacleName } from "./verdict.ts";
import type { TransportName } from "../protocol/terms.ts";
import { duration } from "../text/format.ts";
import type { Milliseconds } from "../units.ts";
import { isHtml, plainWords } from "../text/html-text.ts";
import { answeredBy } from "../text/answered-by.ts";
import type { Bytes } from "../units.ts";
import { isGateway } from "./finding.ts";
import { mayBeCors, networkError } from "./network-errors.ts";
import { isServiceAbsent, isServiceWord } from "./service-words.ts";
import { UNANSWERED } from "../model/unanswered.ts";
import { OBSTACLE_TITLE, TRANSPORT_OBSTACLE_TITLE } from "./titles.ts";

/** null: it didn't fail, or the app stopped it. */
export function obstacleOf(outcome: AttemptOutcome): Obstacle | null {
  switch (outcome.kind) {
    case "negotiate-failed":
      return named(negotiateObstacle(outcome), statusOf(outcome), outcome.retryAfter);
    case "socket-failed":
      return named(transportObstacle(outcome), outcome.status ?? null, outcome.retryAfter, true);
    case "handshake-failed":
      return named(handshakeObstacle(outcome.error), null);
    case "not-sent":
      return named("before-request", null);
    case "waiting":
    case "running":
    case "connected":
    case "abandoned":
      return null;
  }
}

type NegotiateFailed = Extract<AttemptOutcome, { kind: "negotiate-failed" }>;

/** The status of an answer that the browser has kept from the page says more than that it did, if it is an error. */
const statusOf = ({ status, seen }: NegotiateFailed): number | null =>
  status ?? (seen?.error === undefined && (seen?.status ?? 0) >= 400 ? (seen?.status ?? null) : null);

/** The server's error when it got no handshake within its HandshakeTimeout. It has nothing to do with the protocol version. */
const isHandshakeLate = (error: string): boolean => /handshake was cancell?ed/i.test(error);

function handshakeObstacle(error: string): ObstacleName {
  if (isHandshakeLate(error)) return "handshake-late";
  return isServiceWord(error) ? "azure-refused" : "handshake-refused";
}

const UNANSWERED_BY = {
  WebSockets: "upgrade-unanswered",
  ServerSentEvents: "event-stream-unanswered",
  LongPolling: "poll-unanswered",
} as const satisfies Readonly<Record<TransportName, ObstacleName>>;

function negotiateObstacle(outcome: NegotiateFailed): ObstacleName {
  const { status, error, legacy, byServiceWorker } = outcome;
  if (byServiceWorker) return "service-worker";
  if (legacy) return "old-signalr";
  if (status === null) return silentObstacle(outcome);
  // Status 0: the client (5.0) doesn't follow redirects, and got one.
  if (status === 0) return "sign-in-redirect";
  if (status < 300) return uselessAnswer(outcome);
  if (isTooLong(status, error)) return "token-too-long";
  switch (status) {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 429:
      return "throttled";
    case 504:
    case 524:
      return "gateway-timeout";
    default:
      if (isGateway(status)) return "unavailable";
      // 511: a network that wants a sign-in first answers in the server's place.
      if (status >= 500 && status !== 511) return isServiceAbsent(error) ? "azure-refused" : "server-error";
      return "refused";
  }
}

/** An answer with 2xx and no connection. */
function uselessAnswer({ refused, redirectedTo, error, seen }: NegotiateFailed): ObstacleName {
  if (refused) return "negotiate-refused";
  if (redirectedTo !== undefined && isHtml(error)) return "sign-in-redirect";
  if (networkError(seen?.error)?.obstacle === "cut-while-connecting") return "cut-while-connecting";
  return error === null || error === "" ? "empty-answer" : "not-signalr";
}

/** The page got no answer: only the browser knows why. */
function silentObstacle(outcome: NegotiateFailed): ObstacleName {
  const { seen, blockedBy, foreign, after, error } = outcome;
  if (blockedBy !== undefined) return "csp";
  const known = networkError(seen?.error);
  if (known?.obstacle === "redirect-loop") return known.obstacle;
  if (seen?.redirectedTo !== undefined) return "sign-in-redirect";
  if (known) return known.obstacle;
  if (after >= UNANSWERED) return "negotiate-unanswered";
  // The client, or the app, has ended it itself.
  if (!seen || /abort|timeout|timed out/i.test(error ?? "")) return "unreachable";
  const answered = seen.error === undefined && seen.status !== null;
  // An error page often lacks the headers of CORS: its status says more. A rejected preflight is a matter of CORS.
  if (answered && seen.preflight !== true && seen.status >= 400)
    return negotiateObstacle({ ...outcome, status: seen.status, error: null });
  return foreign && (answered || mayBeCors(seen.error)) ? "cors" : "unreachable";
}

/** Whether the browser's word leaves no other explanation for a request without an answer. */
export function isCertain({ name }: Obstacle, outcome: AttemptOutcome): boolean {
  const seen = outcome.kind === "negotiate-failed" && outcome.status === null ? outcome.seen : undefined;
  if (name === "cors") return seen !== undefined && (seen.status !== null || seen.preflight === true);
  return name !== "sign-in-redirect" || seen?.redirectedTo === undefined || SIGN_IN.test(seen.redirectedTo);
}

/** In the address of a redirect. */
const SIGN_IN = /log-?in|sign-?in|oauth|openid|authorize|saml|\bsso\b|adfs|account/i;

/**
 * Statuses of requests whose address (414) or headers (431) are too long; nginx answers 400 with the text "Request Header Or
 * Cookie Too Large". A negotiate and a poll have no body that could be too large for 413: Azure's SDK answers 413 when the
 * token is too long.
 */
const isTooLong = (status: number | null | undefined, error: string | null | undefined): boolean =>
  status === 413 ||
  status === 414 ||
  status === 431 ||
  (status === 400 &&
    /\b(?:headers?(?: fields?)?(?: or cookie)?|request(?:[- ]ur[il]| line)?) too (?:large|long)\b/i.test(
      error ?? "",
    ));

/** Many servers and proxies limit the first line of a request (Kestrel: 8,192 bytes). */
const LONGEST_ADDRESS = 8_000;

/** The status of a WebSocket's upgrade comes from `webRequest`, if at all; event streams and polls have their own status. */
function transportObstacle(outcome: Extract<AttemptOutcome, { kind: "socket-failed" }>): ObstacleName {
  const {
    status,
    after = 0,
    error,
    opened,
    byServiceWorker,
    blockedBy,
    addressLength = 0,
    transport,
  } = outcome;
  if (byServiceWorker) return "service-worker";
  if (blockedBy !== undefined) return "csp";
  if (isTooLong(status, error)) return "token-too-long";
  switch (status) {
    case 401:
      return "unauthorized";
    case 404:
      return "no-such-connection";
    case 429:
      return "throttled";
    case 500:
      return "server-error";
    case 504:
    case 524:
      return "gateway-timeout";
    // A 403 to a transport after a successful negotiate usually comes from a proxy.
    case undefined:
    case null:
    default:
      if (isGateway(status)) return "unavailable";
      if (after >= UNANSWERED && !opened && typeof status !== "number")
        return told(outcome) ?? UNANSWERED_BY[transport];
      return told(outcome) ?? guessed({ opened, addressLength });
  }
}

/** What the network layer says of a transport without an answer. */
function told({
  error,
  network,
  foreign,
  transport,
}: Extract<AttemptOutcome, { kind: "socket-failed" }>): ObstacleName | undefined {
  const known = networkError(error);
  if (known || !network) return known?.obstacle;
  return foreign && transport !== "WebSockets" && mayBeCors(error) ? "cors" : undefined;
}

function guessed({
  opened,
  addressLength,
}: {
  opened: true | undefined;
  addressLength: Bytes;
}): ObstacleName {
  if (opened) return "handshake-unanswered";
  return addressLength > LONGEST_ADDRESS ? "token-too-long" : "transport-failed";
}

function named(
  name: ObstacleName,
  status: number | null,
  retryAfter: string | null = null,
  transport = false,
): Obstacle {
  const title = (transport ? TRANSPORT_OBSTACLE_TITLE[name] : undefined) ?? OBSTACLE_TITLE[name];
  return { name, title: status === null ? title : `${title} (${status})`, retryAfter };
}

/** They say no more than that nothing answered. */
const SAME_AS_CAUSE: readonly ObstacleName[] = [
  "unreachable",
  "connection-refused",
  "cut-while-connecting",
  "timed-out",
  "transport-failed",
  "handshake-unanswered",
];

/**
 * What prevented an interrupted connection from reconnecting, if there was an answer. The cause already says that nothing
 * answered, and a failed resume is followed by an ordinary try.
 */
export function obstacleAmong(attempts: readonly AttemptModel[]): Obstacle | null {
  const told = attempts.findLast(
    ({ outcome, origin }) =>
      origin !== "resume" &&
      (outcome.kind === "handshake-failed" ||
        outcome.kind === "not-sent" ||
        (outcome.kind === "negotiate-failed" &&
          (outcome.status !== null || !SAME_AS_CAUSE.includes(silentObstacle(outcome)))) ||
        (outcome.kind === "socket-failed" &&
          (typeof outcome.status === "number" || !SAME_AS_CAUSE.includes(transportObstacle(outcome))))),
  );
  return told ? obstacleOf(told.outcome) : null;
}

/** The status of a refused upgrade, and why a request has no answer, are known from `webRequest`. */
export function knownFrom(outcome: AttemptOutcome): Knowledge {
  switch (outcome.kind) {
    case "negotiate-failed":
      if (outcome.blockedBy !== undefined) return "page";
      return outcome.status === null && silentObstacle(outcome) !== "unreachable" ? "network" : "wire";
    case "socket-failed":
      if (outcome.blockedBy !== undefined) return "page";
      return outcome.network ? "network" : "wire";
    case "handshake-failed":
    case "not-sent":
    case "waiting":
    case "running":
    case "connected":
    case "abandoned":
      return "wire";
  }
}

/** Network errors of both browsers for a server that can't be reached. */
const NOT_THERE = /CONNECTION_REFUSED|UNKNOWN_HOST|NAME_NOT_RESOLVED|UNREACHABLE|NET_TIMEOUT|TIMED_OUT/;
export const nobodyThere = (error: string | undefined): boolean =>
  error !== undefined && NOT_THERE.test(error);

/** The browser's error in plain words, with its name. */
function errorWords(error: string): string {
  const known = networkError(error);
  return known ? `${known.words} (${plainWords(error)})` : plainWords(error);
}

/** For example "negotiate 503: Service Unavailable, Retry-After 7 s". Of an HTML page only the title. */
export function failureWords(outcome: AttemptOutcome): string | null {
  switch (outcome.kind) {
    case "negotiate-failed":
      return negotiateWords(outcome);
    case "socket-failed":
      return transportWords(outcome);
    case "handshake-failed":
      return handshakeWords(outcome);
    case "not-sent":
      return `nothing was sent${outcome.error === null ? "" : `: ${plainWords(outcome.error)}`}`;
    case "waiting":
    case "running":
    case "connected":
    case "abandoned":
      return null;
  }
}

function negotiateWords(outcome: NegotiateFailed): string {
  const { status, retryAfter, seen, blockedBy } = outcome;
  const redirectedTo = outcome.redirectedTo ?? seen?.redirectedTo;
  const error = outcome.error && plainWords(outcome.error);
  const why = status === null ? silentWords(outcome) : "";
  const answer =
    status === null
      ? `no answer${error ? ` (${error})` : ""}${afterWords(outcome.after)}${why}`
      : String(status);
  const said = status !== null && error ? `: ${error}` : "";
  const led = redirectedTo === undefined ? "" : `, redirected to ${redirectedTo}`;
  const by = outcome.byServiceWorker
    ? " from the page's service worker"
    : blockedBy === undefined
      ? who(seen?.headers)
      : "";
  return `negotiate, ${answer}${by}${led}${said}${retryAfter === null ? "" : `, Retry-After ${waitOf(retryAfter)}`}`;
}

/** What the browser tells of a request without an answer. */
function silentWords({ seen, blockedBy }: Extract<AttemptOutcome, { kind: "negotiate-failed" }>): string {
  if (blockedBy !== undefined) return `, blocked by ${blockedBy} of the page's Content Security Policy`;
  if (!seen) return "";
  const of = seen.preflight ? "CORS preflight" : "network";
  const status = seen.status === null ? "" : `, status ${seen.status}`;
  return seen.error === undefined ? `; ${of}${status}` : `; ${of}${status}: ${errorWords(seen.error)}`;
}

const who = (headers: readonly string[] | undefined): string => {
  const by = headers === undefined ? "" : answeredBy(headers);
  return by === "" ? "" : `, ${by}`;
};

function transportWords(outcome: Extract<AttemptOutcome, { kind: "socket-failed" }>): string {
  const { code, status, error, retryAfter, blockedBy, headers, addressLength = 0 } = outcome;
  const how = [
    code === null ? "" : `code ${code}`,
    typeof status === "number" ? `status ${status}` : "",
    outcome.byServiceWorker ? "from the page's service worker" : "",
    addressLength > LONGEST_ADDRESS ? `address of ${addressLength.toLocaleString("en")} characters` : "",
  ].filter(Boolean);
  const what = outcome.opened
    ? "connected, no answer to the handshake"
    : `closed before the handshake${afterWords(outcome.after ?? 0)}`;
  if (blockedBy !== undefined)
    return `${outcome.transport} blocked by ${blockedBy} of the page's Content Security Policy`;
  return `${outcome.transport} ${what}${how.length > 0 ? `, ${how.join(", ")}` : ""}${who(headers)}${error ? `: ${errorWords(error)}` : ""}${retryAfter === undefined ? "" : `, Retry-After ${waitOf(retryAfter)}`}`;
}

const afterWords = (after: Milliseconds): string => (after >= UNANSWERED ? ` after ${duration(after)}` : "");

/** If a proxy buffers the event stream, it opens only when the server gives up. */
function handshakeWords(outcome: Extract<AttemptOutcome, { kind: "handshake-failed" }>): string {
  const { error, transport, openedAfter, sentAfter } = outcome;
  if (!isHandshakeLate(error)) return `handshake rejected: ${plainWords(error)}`;
  const opened = openedAfter === null ? "never opened" : `opened after ${duration(openedAfter)}`;
  const sent =
    sentAfter === null
      ? "the client had sent no handshake"
      : `the client sent its handshake ${sentAfter < 100 ? "at once" : `${duration(sentAfter)} later`}`;
  return `${transport} ${opened}, ${sent}; the server: ${error}`;
}

/** Retry-After holds seconds or a date. */
export const waitOf = (retryAfter: string): string =>
  /^\d+$/.test(retryAfter.trim()) ? `${retryAfter.trim()} s` : `until ${retryAfter}`;

export const retryAfterWords = ({ retryAfter }: Obstacle): string | null =>
  retryAfter === null ? null : `The server sent Retry-After ${waitOf(retryAfter)}; the client ignores it.`;
