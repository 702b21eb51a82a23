/** Why a try to connect failed: the answer of the server or the network. */
import type { AttemptModel, AttemptOutcome, Knowledge } from "../model/types.ts";
import type { Obstacle, ObstacleName } from "./verdict.ts";
import type { TransportName } from "../protocol/terms.ts";
import { isHtml } from "../text/html-text.ts";
import { isGateway, isOriginTls, isTooSlow } from "./rule.ts";
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
      if (outcome.offered) return named("after-negotiate", null);
      return named(outcome.negotiates ? "before-request" : "nothing-seen", null);
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
export const isHandshakeLate = (error: string): boolean => /handshake was cancell?ed/i.test(error);

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
    default:
      if (isGateway(status)) return gatewayObstacle(status);
      // 511: a network that wants a sign-in first answers in the server's place.
      if (status >= 500 && status !== 511) return isServiceAbsent(error) ? "azure-refused" : "server-error";
      return "refused";
  }
}

/** Which of a proxy's statuses it is. 520 to 530 are Cloudflare's. */
function gatewayObstacle(status: number | null | undefined): ObstacleName {
  if (isTooSlow(status)) return "gateway-timeout";
  if (isOriginTls(status)) return "origin-tls";
  return typeof status === "number" && status >= 520 ? "cdn-no-answer" : "unavailable";
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
  if (!seen || endedByClient(error)) return "unreachable";
  const answered = seen.error === undefined && seen.status !== null;
  // An error page often lacks the headers of CORS: its status says more. A rejected preflight is a matter of CORS.
  if (answered && seen.preflight !== true && seen.status >= 400)
    return negotiateObstacle({ ...outcome, status: seen.status, error: null });
  return foreign && (answered || mayBeCors(seen.error)) ? "cors" : "unreachable";
}

/** By its timeout, or by the app. */
export const endedByClient = (error: string | null): boolean => /abort|timeout|timed out/i.test(error ?? "");

/** Nothing and nobody has answered, as without a network. */
export const NO_ANSWER: readonly ObstacleName[] = [
  "unreachable",
  "negotiate-unanswered",
  "no-network",
  "network-changed",
  "name-not-resolved",
  "connection-refused",
  "timed-out",
  "cut-while-connecting",
];

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
export const LONGEST_ADDRESS = 8_000;

/** The status of a WebSocket's upgrade comes from `webRequest`, if at all; event streams and polls have their own status. */
function transportObstacle(outcome: Extract<AttemptOutcome, { kind: "socket-failed" }>): ObstacleName {
  const { status, after = 0, error, opened, byServiceWorker, blockedBy, transport } = outcome;
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
    // A 403 to a transport after a successful negotiate usually comes from a proxy.
    case undefined:
    case null:
    default:
      if (isGateway(status)) return gatewayObstacle(status);
      if (after >= UNANSWERED && !opened && typeof status !== "number")
        return told(outcome) ?? UNANSWERED_BY[transport];
      return told(outcome) ?? guessed(outcome);
  }
}

/** What the network layer says of a transport without an answer. */
function told({
  error,
  network,
  foreign,
  transport,
  addressLength = 0,
}: Extract<AttemptOutcome, { kind: "socket-failed" }>): ObstacleName | undefined {
  const known = networkError(error);
  if (known || !network) return known?.obstacle;
  // The answer to an address that is too long comes from the server itself, without the app's CORS headers.
  if (addressLength > LONGEST_ADDRESS) return undefined;
  return foreign && transport !== "WebSockets" && mayBeCors(error) ? "cors" : undefined;
}

/** A transport that failed, and nothing tells why. */
export const TRANSPORT_FAILED = {
  WebSockets: "transport-failed",
  ServerSentEvents: "event-stream-failed",
  LongPolling: "poll-failed",
} as const satisfies Readonly<Record<TransportName, ObstacleName>>;

function guessed({
  opened,
  addressLength = 0,
  transport,
}: Extract<AttemptOutcome, { kind: "socket-failed" }>): ObstacleName {
  if (opened) return "handshake-unanswered";
  return addressLength > LONGEST_ADDRESS ? "token-too-long" : TRANSPORT_FAILED[transport];
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
  "event-stream-failed",
  "poll-failed",
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
