/** Causes for Server-Sent Events and long polling: the status of a request says more than the end of a socket. */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { InterruptionState, TransportState } from "../model/state.ts";
import type { Facts } from "./facts.ts";
import { isGateway, isTooSlow, type RuleResult, type Rule } from "./rule.ts";

export const httpAnswer: Rule = (facts) => {
  const { socket, refused, t } = facts;
  const closed = socket?.closed;
  if (!closed || closed.code !== null) return null;
  const status = closed.status ?? refused?.status;
  if (closed.byServiceWorker || refused?.byServiceWorker)
    return {
      cause: "abrupt-loss",
      confidence: "medium",
      knowledge: "wire",
      title: "Answered by the page's service worker, not by the network",
    };
  if (status === 204) return { cause: "ended-by-server", confidence: "high", knowledge: "wire" };
  if (status === 404) return { cause: "connection-not-found", confidence: "high", knowledge: "wire" };
  if (status === 401) {
    const expired = socket.tokenExpiresAt !== null && socket.tokenExpiresAt <= t + 2_000;
    return { cause: "token-expired", confidence: expired ? "high" : "medium", knowledge: "wire" };
  }
  return isGateway(status) || status === 408 ? gateway(facts, socket, status) : null;
};

/** No proxy is configured to wait less for an answer. If it answers sooner, it couldn't reach the server. */
const MIN_WAIT: Milliseconds = 5_000;

/** A poll waits for up to 90 s. A proxy with a shorter timeout answers instead of the server, which is still running. */
function gateway(facts: Facts, socket: TransportState, status: number | null | undefined): RuleResult {
  const { interruption, firstTries, t } = facts;
  const waited = waitOf(socket, t);
  const before = othersAfter(interruption, waited);
  const answered = firstTries.some(({ outcome }) => outcome.kind === "connected");
  const gone = firstTries.some(
    ({ outcome }) =>
      (outcome.kind === "negotiate-failed" || outcome.kind === "socket-failed") &&
      (outcome.status === null || isGateway(outcome.status)),
  );
  const waitedLong = socket.transport === "LongPolling" && waited >= MIN_WAIT;
  if (waitedLong && !gone) {
    if (before > 0) return { cause: "idle-timeout", confidence: "high", knowledge: "wire", title: POLL_CUT };
    // A proxy answers 502 when its connection to the server broke, at any time.
    if (status !== 502 && (answered || isTooSlow(status)))
      return { cause: "idle-timeout", confidence: "medium", knowledge: "wire", title: POLL_CUT };
  }
  return { cause: "server-gone", confidence: gone ? "high" : "medium", knowledge: "wire" };
}

const POLL_CUT = "Proxy timeout shorter than the poll";

/** The time since the last answer, as the client polls again immediately. */
function waitOf(
  { lastIn, openedAt, from, failedRequests }: TransportState,
  t: EpochMilliseconds,
): Milliseconds {
  const empty = failedRequests.findLast((one) => one.method === "GET" && one.status === 200)?.t ?? 0;
  return t - Math.max(lastIn ?? 0, openedAt ?? from, empty);
}

/** Other polls of the connection that a proxy answered after the same time. */
const othersAfter = ({ lane, loss }: InterruptionState, waited: Milliseconds): number =>
  lane.interruptions.filter((other) => {
    const { socket, t } = other.loss;
    if (other.loss === loss || socket?.transport !== "LongPolling" || !socket.closed) return false;
    if (!isGateway(socket.closed.status) && socket.closed.status !== 408) return false;
    return Math.abs(waitOf(socket, t) - waited) <= Math.max(500, waited * 0.03);
  }).length;
