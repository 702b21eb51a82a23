/** Invocations that expect an answer, in both directions, and their results. */
import type { TableMessage, MessageHead } from "../columns/event-heads.ts";
import type { MessageCount } from "../events/events.ts";
import type { SocketId } from "../ids.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { Lane } from "./state.ts";
import type { CallFate, CallModel } from "./types.ts";

const opposite = { in: "out", out: "in" } as const;

/**
 * Follows the call that a message opens, feeds or answers, and returns it. A message that a fault swallowed belongs to its call
 * but doesn't change it; an exception is a call of the app itself, which waits for an answer even if it was swallowed.
 */
export function followCall(lane: Lane, message: TableMessage): CallModel | null {
  const { invocationId, t } = message;
  const { type, direction, swallowed, counted, error } = message.head;
  if (invocationId === undefined) return null;
  if (swallowed && direction === "in") return callOf(lane, message.head, invocationId);
  switch (type) {
    case 1:
    case 4:
      return openCall(lane, message, invocationId);
    case 2:
    case 3:
    case 5: {
      const call = callOf(lane, message.head, invocationId);
      if (!call || (swallowed && type !== 5)) return call;
      if (type === 2) {
        call.items++;
        // It was still open after the counted answers.
        if (call.fate === "unknown" && !counted) call.fate = "pending";
      } else endCall(lane, call, type === 5 ? "cancelled" : error === undefined ? "completed" : "failed", t);
      return call;
    }
    case 0:
    case 6:
    case 7:
    case 8:
    case 9:
      return null;
  }
}

/** Items and completions come from the other side; a cancellation, like the call, from the caller itself. */
function callOf(lane: Lane, { type, direction }: MessageHead, invocationId: string): CallModel | null {
  const caller = type === 2 || type === 3 ? opposite[direction] : direction;
  return lane.calls.get(`${caller}:${invocationId}`) ?? null;
}

function openCall(lane: Lane, { head, t }: TableMessage, invocationId: string): CallModel {
  const key = `${head.direction}:${invocationId}`;
  const known = lane.calls.get(key);
  // A replay after a stateful reconnect is the same call again.
  if (known?.fate === "pending" || known?.fate === "unknown") return known;
  const call: CallModel = {
    invocationId,
    direction: head.direction,
    target: head.target ?? "",
    stream: head.type === 4,
    socket: head.socket,
    sentAt: t,
    fate: "pending",
    endedAt: null,
    items: 0,
  };
  lane.calls.set(key, call);
  lane.model.calls.push(call);
  return call;
}

function endCall(lane: Lane, call: CallModel, fate: CallFate, t: EpochMilliseconds): void {
  call.fate = fate;
  call.endedAt = t;
  // A cancelled stream still gets its completion: it stays in the list, but its result doesn't change.
  if (fate !== "cancelled") lane.calls.delete(`${call.direction}:${call.invocationId}`);
}

/** An answer that comes later isn't waited for: a busy connection has many such calls. */
const LONGEST_UNKNOWN: Milliseconds = 60_000;

/** Answers were counted up to that time, and whose they were isn't known: those of all calls that were open may be among them. */
export function countAnswers(lane: Lane, { direction, type }: MessageCount, until: EpochMilliseconds): void {
  if (type !== 3) return;
  for (const [key, call] of lane.calls) {
    if (call.direction === direction || call.sentAt > until) continue;
    if (call.fate === "pending") call.fate = "unknown";
    else if (call.fate === "unknown" && until - call.sentAt > LONGEST_UNKNOWN) lane.calls.delete(key);
  }
}

/** Calls without an answer. */
export const pendingCalls = (lane: Lane): CallModel[] =>
  [...lane.calls.values()].filter((call) => call.fate === "pending");

/**
 * The messages of a request are recorded right after its beginning (in version 1 of the format right before), with some
 * tolerance for a busy computer. Clients send one request after another.
 */
const SAID_WITHIN = { before: 5, after: 50 } as const;

/** A request of an HTTP transport, sent at `sentAt` and answered at `t`, was rejected: the calls in it failed. */
export function failCalls(
  lane: Lane,
  socket: SocketId,
  sentAt: EpochMilliseconds,
  t: EpochMilliseconds,
): void {
  const from = sentAt - SAID_WITHIN.before;
  const until = Math.min(t, sentAt + SAID_WITHIN.after);
  for (const call of pendingCalls(lane))
    if (call.direction === "out" && call.socket === socket && call.sentAt >= from && call.sentAt <= until)
      endCall(lane, call, "failed", t);
}

/** The connection is lost for good: the client rejects everything that is pending. */
export function loseCalls(lane: Lane, t: EpochMilliseconds): void {
  for (const call of lane.calls.values()) {
    if (call.fate !== "pending") continue;
    call.fate = "lost";
    call.endedAt = t;
  }
  lane.calls.clear();
}

/** The connection continues after all: calls that counted as lost at `t` still wait for their answers. */
export function reviveCalls(lane: Lane, calls: readonly CallModel[], t: EpochMilliseconds): void {
  for (const call of calls) {
    if (call.fate !== "lost" || call.endedAt !== t) continue;
    call.fate = "pending";
    call.endedAt = null;
    lane.calls.set(`${call.direction}:${call.invocationId}`, call);
  }
}
