import { reduced } from "../../../model/reduced.ts";
import type { InterruptionModel } from "../../../model/types.ts";
import type { Milliseconds } from "../../../units.ts";

/** How long nothing was sent before the loss that keeps its connection alive. null: not known. */
export function quietBefore(interruption: InterruptionModel): Milliseconds | null {
  const state = reduced(interruption);
  if (state.kind !== "interruption") return null;
  const { socket, lastIn, lastOut, t } = state.loss;
  if (!socket || lastIn === null || socket.transport === "LongPolling") return null;
  return t - (socket.transport === "ServerSentEvents" ? lastIn : Math.max(lastIn, lastOut ?? 0));
}

/** How old its transport was at the loss. null: not known. */
export function ageAt(interruption: InterruptionModel): Milliseconds | null {
  const state = reduced(interruption);
  if (state.kind !== "interruption" || !state.loss.socket) return null;
  const { since, openedAt, from } = state.loss.socket;
  return state.loss.t - (since ?? openedAt ?? from);
}
