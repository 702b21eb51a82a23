/** Why a try to connect failed: what the server or the network answered, and what would help against that. */
import type { AttemptModel, AttemptOutcome, Knowledge, Obstacle, ObstacleName } from "../types.ts";
import { OBSTACLE_TITLE, TRANSPORT_OBSTACLE_TITLE } from "./words.ts";

/** null: it didn't fail, or the app itself gave it up. */
export function obstacleOf(outcome: AttemptOutcome): Obstacle | null {
  switch (outcome.kind) {
    case "negotiate-failed":
      return named(
        outcome.legacy ? "old-signalr" : negotiateObstacle(outcome.status),
        outcome.status,
        outcome.retryAfter,
      );
    case "socket-failed":
      return named(transportObstacle(outcome), outcome.status ?? null, outcome.retryAfter, true);
    case "handshake-failed":
      return named("handshake-refused", null);
    case "waiting":
    case "running":
    case "connected":
    case "abandoned":
      return null;
  }
}

function negotiateObstacle(status: number | null): ObstacleName {
  if (status === null) return "unreachable";
  if (status < 300) return "not-signalr";
  switch (status) {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 429:
      return "throttled";
    case 502:
    case 503:
    case 504:
      return "unavailable";
    default:
      return status >= 500 ? "server-error" : "refused";
  }
}

/** The status of a WebSocket's upgrade is told by the network, if at all; event streams and polls have one themselves. */
function transportObstacle({
  status,
  error,
  opened,
}: Extract<AttemptOutcome, { kind: "socket-failed" }>): ObstacleName {
  switch (status) {
    case 401:
      return "unauthorized";
    case 404:
      return "no-such-connection";
    case 429:
      return "throttled";
    case 500:
      return "server-error";
    case 502:
    case 503:
    case 504:
      return "unavailable";
    // Whoever answers 403 to a transport after a negotiate that went well is mostly a proxy.
    case undefined:
    case null:
    default:
      if (nobodyThere(error)) return "unreachable";
      return opened ? "handshake-unanswered" : "transport-failed";
  }
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

/**
 * What kept an interrupted connection from coming back, where an answer says so. That nothing answered is known from the
 * cause already, and a resume that fails is followed by an ordinary try.
 */
export function obstacleAmong(attempts: readonly AttemptModel[]): Obstacle | null {
  const told = attempts.findLast(
    ({ outcome, origin }) =>
      origin !== "resume" &&
      (outcome.kind === "handshake-failed" ||
        (outcome.kind === "negotiate-failed" && outcome.status !== null) ||
        (outcome.kind === "socket-failed" && typeof outcome.status === "number")),
  );
  return told ? obstacleOf(told.outcome) : null;
}

/** The status of a refused upgrade is told past the page. */
export const knownFrom = (outcome: AttemptOutcome): Knowledge =>
  outcome.kind === "socket-failed" && outcome.network ? "network" : "wire";

/** The network's names for a server that isn't there, in both browsers. */
const NOT_THERE = /CONNECTION_REFUSED|UNKNOWN_HOST|NAME_NOT_RESOLVED|UNREACHABLE|NET_TIMEOUT|TIMED_OUT/;
export const nobodyThere = (error: string | undefined): boolean =>
  error !== undefined && NOT_THERE.test(error);

/** "negotiate 503: Service Unavailable, Retry-After 7 s". */
export function failureWords(outcome: AttemptOutcome): string | null {
  switch (outcome.kind) {
    case "negotiate-failed": {
      const { status, error, retryAfter } = outcome;
      const answer = status === null ? `no answer${error ? ` (${error})` : ""}` : String(status);
      const said = status !== null && error ? `: ${error}` : "";
      return `negotiate, ${answer}${said}${retryAfter === null ? "" : `, Retry-After ${waitOf(retryAfter)}`}`;
    }
    case "socket-failed": {
      const how = [
        outcome.code === null ? "" : `code ${outcome.code}`,
        typeof outcome.status === "number" ? `status ${outcome.status}` : "",
      ].filter(Boolean);
      const what = outcome.opened
        ? "connected, and the handshake wasn't answered"
        : "closed before the handshake";
      return `${outcome.transport} ${what}${how.length > 0 ? `, ${how.join(", ")}` : ""}${outcome.error ? `: ${outcome.error}` : ""}${outcome.retryAfter === undefined ? "" : `, Retry-After ${waitOf(outcome.retryAfter)}`}`;
    }
    case "handshake-failed":
      return `the server refused the handshake: ${outcome.error}`;
    case "waiting":
    case "running":
    case "connected":
    case "abandoned":
      return null;
  }
}

/** Retry-After holds seconds or a date. */
export const waitOf = (retryAfter: string): string =>
  /^\d+$/.test(retryAfter.trim()) ? `${retryAfter.trim()} s` : `until ${retryAfter}`;

export const retryAfterWords = ({ retryAfter }: Obstacle): string | null =>
  retryAfter === null ? null : `The server asked to wait ${waitOf(retryAfter)}; the client ignores that.`;
