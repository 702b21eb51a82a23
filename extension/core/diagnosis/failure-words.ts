/** What a failed try to connect was answered, in words. */
import type { AttemptOutcome } from "../model/types.ts";
import { UNANSWERED } from "../model/unanswered.ts";
import { answeredBy } from "../text/answered-by.ts";
import { duration } from "../text/format.ts";
import { plainWords } from "../text/html-text.ts";
import type { Milliseconds } from "../units.ts";
import { networkError } from "./network-errors.ts";
import { isHandshakeLate, LONGEST_ADDRESS } from "./obstacles.ts";
import { waitOf } from "./retry-after.ts";

type NegotiateFailed = Extract<AttemptOutcome, { kind: "negotiate-failed" }>;

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
      return `${unsentWords(outcome)}${outcome.error === null ? "" : `: ${plainWords(outcome.error)}`}`;
    case "waiting":
    case "running":
    case "connected":
    case "abandoned":
      return null;
  }
}

/** A WebSocket without a negotiate isn't recognised before it opens. */
export function unsentWords({ negotiates, offered }: Extract<AttemptOutcome, { kind: "not-sent" }>): string {
  if (offered)
    return `nothing was sent after the negotiate, which offered ${offered.join(", ") || "no transport"}`;
  return negotiates ? "nothing was sent" : "no negotiate was sent, and no WebSocket was seen to open";
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
