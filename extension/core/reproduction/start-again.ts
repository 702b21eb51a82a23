/** A start() that failed, once more: by faults that are there before the page's own scripts. */
import { looksLike } from "../diagnosis/looks-like.ts";
import type { ObstacleName } from "../diagnosis/verdict.ts";
import type { FailedStartState } from "../model/state.ts";
import type { Milliseconds } from "../units.ts";
import { outageOf } from "./outage.ts";
import { placeOf } from "./place.ts";
import type { Reproduction } from "./reproduction.ts";

/**
 * What passes, so that an app should try again, and what a fault does. The others are the page's own, its browser's, or a matter of
 * configuration: they stay until somebody mends them.
 */
export const PASSES: Readonly<Record<ObstacleName, boolean>> = {
  unreachable: true,
  csp: false,
  cors: false,
  "bad-certificate": false,
  "tls-failed": false,
  "proxy-failed": false,
  "name-not-resolved": true,
  "connection-refused": true,
  "unsafe-port": false,
  "local-network": false,
  "blocked-by-client": false,
  "network-changed": true,
  "no-network": true,
  "timed-out": true,
  "cut-while-connecting": true,
  unauthorized: true,
  forbidden: true,
  "not-found": true,
  throttled: true,
  "server-error": true,
  unavailable: true,
  "gateway-timeout": true,
  "cdn-no-answer": true,
  "origin-tls": true,
  "token-too-long": false,
  "service-worker": false,
  "sign-in-redirect": false,
  refused: true,
  "not-signalr": false,
  "negotiate-refused": false,
  "empty-answer": false,
  "redirect-loop": false,
  "old-signalr": false,
  "transport-failed": true,
  "event-stream-failed": true,
  "poll-failed": true,
  "no-such-connection": true,
  "before-request": false,
  "after-negotiate": false,
  "nothing-seen": false,
  "handshake-refused": false,
  "azure-refused": true,
  "handshake-late": true,
  "handshake-unanswered": true,
  "token-pending": false,
  "negotiate-unanswered": true,
  "upgrade-unanswered": true,
  "event-stream-unanswered": true,
  "poll-unanswered": true,
  "connections-in-use": false,
  "no-ping": false,
  "no-transport": false,
};

/** For an app that waits longer than the recorded one before it tries again. */
const MORE_TIME: Milliseconds = 30_000;

export function startAgain(start: FailedStartState): Reproduction {
  const { cause, title, obstacle } = looksLike(start);
  const own = `The start failed: "${title}".`;
  if (cause !== "start-failed" && cause !== "offline" && cause !== "injected")
    return { kind: "none", why: `${own} No fault does that.`, instead: "Let a test server do the same." };
  if (obstacle !== null && !PASSES[obstacle])
    return {
      kind: "none",
      why: `${own} That doesn't pass by trying again, and no fault does it.`,
      instead: "Follow the recommendation, and open the page.",
    };
  const { phases, differs } = outageOf(start.attempts, start.from);
  const [first, ...others] = phases;
  if (!first)
    return {
      kind: "none",
      why: `${own} No fault does that.`,
      instead: "Let a test server do the same, or write a unit test of the app's own code.",
    };
  const later =
    others.length > 0 ? ["Later tries failed for other reasons; here all fail for the first one."] : [];
  return {
    kind: "start",
    ...placeOf(start),
    title,
    faults: first.faults,
    obstacles: first.obstacles,
    differs: [...differs, ...later],
    within: first.counted ? first.time : first.time + MORE_TIME,
    // A client that may use another transport falls back to it, and connects.
    avoidable: first.faults.every(({ name }) => name.startsWith("block-")),
  };
}
