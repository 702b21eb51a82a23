/** The page itself closed the socket: its server timeout, a message that it couldn't read. (A stop() is no loss.) */
import type { Milliseconds } from "../units.ts";
import type { Knowledge } from "../model/types.ts";
import { isOverdue } from "../model/wire-loss.ts";
import type { Facts } from "./facts.ts";
import type { RuleResult, Rule } from "./rule.ts";

const UNREADABLE =
  /incomplete|invalid payload|cannot read message size|unexpected token|is not valid json|expected a handshake/i;

export const closedByClient: Rule = (facts) => {
  const { socket, clientError } = facts;
  const told = clientError?.includes("Server timeout elapsed") ?? false;
  const closing = socket?.closingByPage ?? null;
  if (told) return silent(facts, "client");
  if (clientError && UNREADABLE.test(clientError))
    return { cause: "unreadable-message", confidence: "high", knowledge: "client" };
  if (!closing || socket?.closeIn) return null;
  if (closing.duringMessage)
    // Without a message since the recording began, it was one from before: it may have been the server's Close.
    return facts.silenceIn !== null && (clientError || socket?.lastInBroken)
      ? {
          cause: "unreadable-message",
          confidence: clientError ? "high" : "medium",
          knowledge: clientError ? "client" : "wire",
        }
      : null;
  return clientError === undefined && !socket?.closeOut ? silent(facts, "wire") : null;
};

/** The client's server timeout, or what looks like it from the traffic. */
function silent(facts: Facts, knowledge: Knowledge): RuleResult {
  const { offline, frozen, standstill, blocked, silenceIn, serverTimeout, serverTimeoutKnown, justFound } =
    facts;
  if (offline)
    return {
      cause: "offline",
      confidence: "high",
      knowledge,
      title: "Network offline until the server timeout elapsed",
    };
  if (frozen)
    return {
      cause: "tab-frozen",
      confidence: "medium",
      knowledge,
      title: "The tab was frozen longer than the server timeout",
    };
  if (standstill) return { cause: "asleep", confidence: standstill.confidence, knowledge: "wire" };
  if (blocked && blocked.duration >= serverTimeout * 0.8)
    return {
      cause: "asleep",
      confidence: "medium",
      knowledge: "page",
      title: "Page too busy to read server messages until the server timeout elapsed",
    };
  // What its timers did before isn't known.
  if (knowledge === "client")
    return { cause: "server-timeout", confidence: justFound ? "medium" : "high", knowledge };
  const elapsed = silenceIn !== null && silenceIn >= serverTimeout * 0.95;
  if (elapsed && serverTimeoutKnown) return { cause: "server-timeout", confidence: "high", knowledge };
  const overdue = silenceIn !== null && isOverdue(silenceIn, facts.pingEvery);
  if (elapsed || overdue) return { cause: "server-timeout", confidence: "medium", knowledge };
  if (silenceIn !== null && isWholeSeconds(silenceIn))
    return { cause: "server-timeout", confidence: "low", knowledge };
  return {
    cause: "unknown",
    confidence: "low",
    knowledge,
    title: "The page closed the socket; the wire doesn't show why",
  };
}

/** A configured timeout is a whole number of seconds, and a timer is a few milliseconds late. */
const isWholeSeconds = (silence: Milliseconds): boolean => silence >= 1_000 && silence % 1_000 <= 60;
