/**
 * Answers that always come together with the server's next ping: something on the way, usually a proxy that buffers, passes messages
 * on only when more of them follow. Inferred, and only from several.
 */
import { PING } from "../protocol/terms.ts";
import type { CallModel, HubConnectionModel } from "../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";

export interface HeldBack {
  /** Answers that came together with a ping, and all answers. */
  readonly withPing: number;
  readonly answers: number;
  /** The longest of those that came with a ping. */
  readonly longest: Milliseconds;
}

const TOGETHER: Milliseconds = 20;
/** A quick answer was not held back. */
const SLOW: Milliseconds = 1_000;
const FEWEST = 4;
const SHARE = 0.8;

type Called = Pick<HubConnectionModel, "calls" | "messages">;

/** null: it doesn't look so, or there are too few answers to tell. */
export function heldBack({ calls, messages }: Called): HeldBack | null {
  let answers = 0;
  let withPing = 0;
  let longest = 0;
  const pings = new Set<EpochMilliseconds>();
  for (const call of calls) {
    const { direction, fate, sentAt, endedAt } = call;
    if (direction !== "out" || endedAt === null || (fate !== "completed" && fate !== "failed")) continue;
    answers++;
    if (endedAt - sentAt < SLOW) continue;
    const ping = pingWith(call, endedAt, messages);
    if (ping === null) continue;
    withPing++;
    pings.add(ping);
    longest = Math.max(longest, endedAt - sentAt);
  }
  return pings.size >= FEWEST && withPing >= answers * SHARE ? { withPing, answers, longest } : null;
}

/** The time of a ping of the server on the same connection within the same moment. */
function pingWith(
  { socket }: CallModel,
  t: EpochMilliseconds,
  messages: HubConnectionModel["messages"],
): EpochMilliseconds | null {
  for (
    let i = messages.firstFrom(t - TOGETHER);
    i < messages.length && messages.timeAt(i) <= t + TOGETHER;
    i++
  ) {
    const head = messages.headAt(i);
    if (head.type === PING && head.direction === "in" && head.socket === socket) return messages.timeAt(i);
  }
  return null;
}
