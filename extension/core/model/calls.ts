/** Invocations that expect an answer, in both directions, and what became of them. */
import type { HubMessage } from "../events/events.ts";
import type { SocketId } from "../ids.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { Lane } from "./state.ts";
import type { CallFate, CallModel } from "./types.ts";

const opposite = { in: "out", out: "in" } as const;

/**
 * Follows the call that a message opens, feeds or answers, and returns it. A message that a fault swallowed belongs to its
 * call, but does nothing to it; only what the app itself called waits all the same for an answer.
 */
export function followCall(lane: Lane, message: HubMessage): CallModel | null {
  const { type, invocationId, direction } = message;
  if (invocationId === undefined) return null;
  if (message.swallowed && direction === "in") return callOf(lane, message, invocationId);
  switch (type) {
    case 1:
    case 4:
      return openCall(lane, message, invocationId);
    case 2:
    case 3:
    case 5: {
      const call = callOf(lane, message, invocationId);
      if (!call || (message.swallowed && type !== 5)) return call;
      if (type === 2) call.items++;
      else
        endCall(
          lane,
          call,
          type === 5 ? "cancelled" : message.error === undefined ? "completed" : "failed",
          message.t,
        );
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
function callOf(lane: Lane, { type, direction }: HubMessage, invocationId: string): CallModel | null {
  const caller = type === 2 || type === 3 ? opposite[direction] : direction;
  return lane.calls.get(`${caller}:${invocationId}`) ?? null;
}

function openCall(lane: Lane, message: HubMessage, invocationId: string): CallModel {
  const key = `${message.direction}:${invocationId}`;
  const known = lane.calls.get(key);
  // A replay after a stateful reconnect is the same call again.
  if (known?.fate === "pending") return known;
  const call: CallModel = {
    invocationId,
    direction: message.direction,
    target: message.target ?? "",
    stream: message.type === 4,
    socket: message.socket,
    sentAt: message.t,
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
  // A cancelled stream still gets its completion; it stays known, but has its fate.
  if (fate !== "cancelled") lane.calls.delete(`${call.direction}:${call.invocationId}`);
}

/** Calls without an answer. */
export const pendingCalls = (lane: Lane): CallModel[] =>
  [...lane.calls.values()].filter((call) => call.fate === "pending");

/**
 * What a request says is recorded just after its beginning; in version 1, just before. A busy machine may come between. Clients send one
 * request after the other.
 */
const SAID_WITHIN = { before: 5, after: 50 } as const;

/** A request of an HTTP transport that was sent at `sentAt` and answered at `t` was refused: the calls in it failed. */
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

/** The connection goes on after all: what was taken for lost at `t` still waits for its answer. */
export function reviveCalls(lane: Lane, calls: readonly CallModel[], t: EpochMilliseconds): void {
  for (const call of calls) {
    if (call.fate !== "lost" || call.endedAt !== t) continue;
    call.fate = "pending";
    call.endedAt = null;
    lane.calls.set(`${call.direction}:${call.invocationId}`, call);
  }
}
