/**
 * Interruptions: opened when a connected hub connection is lost, closed when it recovers or gives up, or when the page ends.
 */
import { FAULTS } from "../faults/outlines.ts";
import type { EpochMilliseconds } from "../units.ts";
import { loseCalls, pendingCalls } from "./calls.ts";
import { fateOfCircuit, outcomeAfter } from "./circuits.ts";
import { frozenBefore } from "./frozen-before.ts";
import { notRepeated } from "./not-repeated.ts";
import { hubUrlOf } from "../protocol/addresses.ts";
import type { InterruptionState, Lane, Loss, TransportState } from "./state.ts";
import type { CallModel, InterruptionOutcome, Knowledge } from "./types.ts";

/** Opens an interruption, or returns the one that is open. */
export function openInterruption(
  lane: Lane,
  t: EpochMilliseconds,
  knowledge: Knowledge,
  pending: readonly CallModel[] = pendingCalls(lane),
): InterruptionState {
  if (lane.interruption) return lane.interruption;
  const { page, current } = lane;
  const loss: Loss = {
    t,
    socket: current,
    lastIn: current?.lastIn ?? null,
    lastOut: current?.lastOut ?? null,
    clientError: undefined,
  };
  const interruption = createInterruption(
    lane,
    loss,
    `${page.model.id}!${++page.interruptions}`,
    knowledge,
    pending,
  );
  lane.interruption = interruption;
  lane.interruptions.push(interruption);
  lane.model.interruptions.push(interruption);
  return interruption;
}

/** Estimates are computed when they are read, as later events may change them. */
function createInterruption(
  lane: Lane,
  loss: Loss,
  key: string,
  knowledge: Knowledge,
  pending: readonly CallModel[],
): InterruptionState {
  const faults = faultsAt(lane, loss.socket, loss.t);
  return {
    kind: "interruption",
    key,
    hubKey: lane.key,
    lane,
    loss,
    knowledge,
    from: loss.t,
    until: null,
    outcome: "ongoing",
    // With the client probe, each new one is seen.
    byNewConnection: lane.hub === null && lane.model.circuit !== null,
    missedByClient: false,
    noRetry: null,
    attempts: [],
    connectionIdBefore: lane.model.connectionId,
    connectionIdAfter: null,
    pending: [...pending],
    faults,
    silentFrom: silentFrom(lane, loss, faults),
    get swallowed(): { in: number; out: number } {
      return countSwallowed(this);
    },
    get circuit() {
      return fateOfCircuit(this);
    },
    get notRepeated(): readonly string[] | null {
      return notRepeated(this);
    },
    get missedEstimate(): number | null {
      return estimateMissed(this);
    },
  };
}

/** How long after its end a lasting fault still counts as the cause of a loss. */
const AFTERMATH = 200;

/** The faults that affected it: the one that closed the socket or sent the Close, and those that last. */
export function faultsAt(
  { page, key, model }: Lane,
  socket: TransportState | null | undefined,
  t: EpochMilliseconds,
): number[] {
  const found = new Set<number>();
  for (const fault of [socket?.closed?.fault, socket?.closeIn?.fault]) {
    if (fault !== undefined && fault !== null) found.add(fault);
  }
  for (const { fault, from, until, end, hubKey, command } of page.model.faults) {
    const { target, name } = command;
    const concerned =
      target.scope === "hub" ? hubUrlOf(target.url) === model.url : hubKey === null || hubKey === key;
    const { lasting, breaks } = FAULTS[name];
    // The client closes a half-open socket a moment before it reports the loss.
    const on = from <= t && (until === null || until >= t || (end === "completed" && until >= t - AFTERMATH));
    if (concerned && lasting && breaks !== "no" && on) found.add(fault);
  }
  return [...found];
}

/** When messages were known to stop before the loss, by a freeze or a fault. Ordinary silence proves nothing. */
function silentFrom({ page }: Lane, { t, lastIn }: Loss, faults: readonly number[]): number | null {
  const begins = page.model.faults.flatMap((fault) =>
    faults.includes(fault.fault) && fault.command.name === "half-open" ? [fault.from] : [],
  );
  const frozen = frozenBefore(page.model, t);
  if (frozen) begins.push(frozen.from);
  const from = Math.max(Math.min(...begins), lastIn ?? 0);
  return from < t ? from : null;
}

export function closeInterruption(lane: Lane, outcome: InterruptionOutcome, t: EpochMilliseconds): void {
  const { interruption } = lane;
  if (!interruption) return;
  interruption.outcome = outcome;
  interruption.until = t;
  interruption.connectionIdAfter =
    outcome === "reconnected" || outcome === "resumed" || outcome === "restarted"
      ? lane.model.connectionId
      : null;
  lane.interruption = null;
}

/** The lane is connected again. */
export function endConnected(lane: Lane, t: EpochMilliseconds): void {
  const { outcome, byNewConnection } = lane.interruption ?? {};
  closeInterruption(
    lane,
    outcome === "gave-up" && byNewConnection === false ? "restarted" : "reconnected",
    t,
  );
}

/** The client gives up: it is down until the app starts it again, or Blazor makes another one, or the page ends. */
export function giveUp(lane: Lane, t: EpochMilliseconds): void {
  if (lane.interruption) lane.interruption.outcome = outcomeAfter(lane);
  loseCalls(lane, t);
}

/** Messages of the lost socket that a fault has swallowed since the last one that passed. */
function countSwallowed({ lane, loss, until }: InterruptionState): { in: number; out: number } {
  const swallowed = { in: 0, out: 0 };
  const { messages } = lane.model;
  const since = { in: loss.lastIn ?? 0, out: loss.lastOut ?? 0 };
  const begin = Math.min(since.in, since.out);
  for (let i = messages.firstFrom(begin); i < messages.length; i++) {
    const t = messages.timeAt(i);
    if (t > (until ?? Infinity)) break;
    const { direction, type, socket, swallowed: wasSwallowed } = messages.headAt(i);
    if (wasSwallowed && socket === loss.socket?.socket && t > since[direction] && !isOwn(type))
      swallowed[direction]++;
  }
  return swallowed;
}

/** Ping, Close, Ack and Sequence carry no data of the app. */
const isOwn = (type: number): boolean => type >= 6;

const RATE_WINDOW = 60_000;
const MIN_MESSAGES = 5;

/** Inbound messages (not pings) per millisecond in the minute before the loss, times the time since the last one received. */
function estimateMissed(interruption: InterruptionState): number | null {
  const { lane, loss, until, outcome } = interruption;
  if (outcome === "resumed" || until === null) return null;
  const connectedAt = loss.socket?.handshakeAt ?? loss.t;
  const end = loss.lastIn ?? loss.t;
  const from = Math.max(connectedAt, end - RATE_WINDOW);
  if (end - from < 1_000) return null;
  let count = 0;
  const { messages, counts } = lane.model;
  for (let i = messages.firstFrom(from); i < messages.length && messages.timeAt(i) <= end; i++) {
    const { direction, counted, type } = messages.headAt(i);
    if (direction === "in" && !counted && carriesData(type)) count++;
  }
  for (let i = counts.length - 1; i >= 0; i--) {
    const second = counts[i];
    if (!second || second.t < from) break;
    if (second.t > end) continue;
    for (const part of second.counts)
      if (part.direction === "in" && carriesData(part.type)) count += part.count;
  }
  if (count < MIN_MESSAGES) return null;
  const known = interruption.swallowed.in;
  const unseen = known > 0 ? until - loss.t : until - end;
  const estimate = known + Math.round((count / (end - from)) * unseen);
  // An estimate below one is not shown.
  return estimate === 0 ? null : estimate;
}

const carriesData = (type: number): boolean => type === 1 || type === 2;
