/** Causes that the browser itself names: by the errors of its network layer, its clock, and its kind of network. */
import type { Knowledge, AttemptOutcome } from "../model/types.ts";
import type { Milliseconds } from "../units.ts";
import { isGateway, isOriginTls, isTooSlow, type RuleResult, type Rule } from "./rule.ts";
import { networkError } from "./network-errors.ts";
import { obstacleOf } from "./obstacles.ts";
import type { ObstacleName } from "./verdict.ts";

/** They prevent a connection on the way to the server: whether it runs isn't known. */
const NOT_THE_SERVER: readonly ObstacleName[] = [
  "csp",
  "bad-certificate",
  "tls-failed",
  "proxy-failed",
  "unsafe-port",
  "local-network",
  "blocked-by-client",
  "sign-in-redirect",
  "redirect-loop",
];

/** A try without an answer: what the browser tells of it may have nothing to do with the server. */
export function silentFate(
  outcome: Extract<AttemptOutcome, { kind: "negotiate-failed" }>,
): RuleResult | null {
  const name = obstacleOf(outcome)?.name;
  if (name !== undefined && NOT_THE_SERVER.includes(name)) return null;
  const seen = outcome.seen?.status;
  // Firefox reports the status that the page can't see; in Chromium the answer of a gateway looks the same.
  if (typeof seen === "number" && outcome.seen?.error === undefined)
    return isGateway(seen) ? serverGone(seen, "network") : null;
  return toldBy(outcome.seen?.error) ?? serverGone(null, "wire");
}

/** What the network layer says of the computer's own network, or of the server's port. */
function toldBy(error: string | null | undefined): RuleResult | null {
  const name = networkError(error)?.obstacle;
  if (name === "no-network") return { cause: "offline", confidence: "high", knowledge: "network" };
  if (name === "network-changed")
    return { cause: "offline", confidence: "medium", knowledge: "network", title: NETWORK_CHANGED };
  return name === "connection-refused" ? serverGone(null, "network") : null;
}

const NETWORK_CHANGED = "The computer's network changed";

/** A poll that failed has an error of its own; the kind of network changes before the connections break. */
export const networkTold: Rule = ({ socket, newNetwork }) =>
  toldBy(socket?.seen?.error) ??
  (newNetwork ? { cause: "offline", confidence: "medium", knowledge: "page", title: NETWORK_CHANGED } : null);

/** The computer's clock went on while the page's stood still. */
export const clockJumped: Rule = ({ clockJump }) =>
  clockJump && clockJump.by >= SLEPT ? { cause: "asleep", confidence: "medium", knowledge: "page" } : null;

/** A clock that is set is seldom set this far. */
const SLEPT: Milliseconds = 10_000;

/** Without an answer it may also be the network; with a gateway timeout a proxy has waited for the server. */
export function serverGone(status: number | null | undefined, knowledge: Knowledge): RuleResult {
  if (isTooSlow(status))
    return {
      cause: "server-gone",
      confidence: "medium",
      knowledge,
      title: "The server did not answer its proxy in time",
    };
  if (isOriginTls(status))
    return {
      cause: "server-gone",
      confidence: "medium",
      knowledge,
      title: "The CDN or proxy could not make a secure connection to the server",
    };
  const sure = knowledge === "network" || typeof status === "number";
  return { cause: "server-gone", confidence: sure ? "high" : "medium", knowledge };
}
