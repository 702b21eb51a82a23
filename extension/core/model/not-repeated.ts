/**
 * What may be missing after a reconnect with a new connection id: groups and subscriptions belong to the old id. Calls that the
 * app made right after its first connect, and did not repeat after a reconnect, were probably forgotten.
 */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { InterruptionState } from "./state.ts";
import type { HubConnectionModel, InterruptionModel } from "./types.ts";

const AT_START: Milliseconds = 3_000;
const AGAIN: Milliseconds = 10_000;
/** Before this it is too early to say that something is missing. */
const PATIENCE: Milliseconds = 1_000;
const MAX = 20;

/** Judged by the time of the page's newest event. */
export const notRepeated = (interruption: InterruptionState): readonly string[] | null =>
  forgottenCalls(interruption.lane.model, interruption, interruption.lane.page.model.lastSeen);

/** @param seenUntil until when all calls are known: a quiet connection has no newer event */
export function forgottenCalls(
  hub: HubConnectionModel,
  {
    from,
    until,
    outcome,
    connectionIdBefore,
    connectionIdAfter,
  }: Pick<InterruptionModel, "from" | "until" | "outcome" | "connectionIdBefore" | "connectionIdAfter">,
  seenUntil: EpochMilliseconds,
): readonly string[] | null {
  // Blazor's calls are about its circuit, which the server keeps.
  if (hub.circuit !== null) return null;
  if (until === null || (outcome !== "reconnected" && outcome !== "restarted")) return null;
  if (connectionIdBefore !== null && connectionIdBefore === connectionIdAfter) return null;
  const first = hub.transports.find(({ handshakeAt }) => handshakeAt !== null)?.handshakeAt;
  if (first === undefined || first === null) return null;
  const next = hub.interruptions.find((later) => later.from > until)?.from ?? Infinity;
  if (Math.min(next, seenUntil) < until + PATIENCE) return null;
  const atStart = targetsCalled(hub, first, first + AT_START);
  const again = targetsCalled(hub, Math.max(from, until - PATIENCE), Math.min(next, until + AGAIN));
  return [...atStart].filter((target) => !again.has(target)).slice(0, MAX);
}

/** Hub methods that the app called, with or without an answer. */
export function targetsCalled(
  { messages }: HubConnectionModel,
  from: EpochMilliseconds,
  to: EpochMilliseconds,
): Set<string> {
  const targets = new Set<string>();
  for (let i = messages.firstFrom(from); i < messages.length && messages.timeAt(i) <= to; i++) {
    const { direction, type, target } = messages.headAt(i);
    if (direction === "out" && (type === 1 || type === 4) && target !== undefined) targets.add(target);
  }
  return targets;
}
