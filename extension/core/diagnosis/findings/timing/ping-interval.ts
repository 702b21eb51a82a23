/** How often the server pings, by the shortest silence before a ping: it pings when it has sent nothing else for that long. */
import { PING } from "../../../protocol/terms.ts";
import type { HubConnectionModel } from "../../../model/types.ts";
import type { SocketId } from "../../../ids.ts";
import type { EpochMilliseconds, Milliseconds } from "../../../units.ts";

/** A ping right after another message says nothing about the interval. */
const SHORTEST: Milliseconds = 400;
/** A single one may have been late. */
const FEWEST = 2;

/** null: too few pings were recorded one by one. */
export function serverPingEvery(
  { messages }: Pick<HubConnectionModel, "messages">,
  from: EpochMilliseconds,
): Milliseconds | null {
  const last = new Map<SocketId, EpochMilliseconds>();
  const silences: Milliseconds[] = [];
  for (let i = messages.firstFrom(from); i < messages.length; i++) {
    const { direction, type, socket, counted, fault } = messages.headAt(i);
    if (direction !== "in" || counted) continue;
    const t = messages.timeAt(i);
    const before = last.get(socket);
    if (type === PING && before !== undefined && t - before >= SHORTEST && fault === undefined)
      silences.push(t - before);
    last.set(socket, t);
  }
  return silences.length < FEWEST ? null : Math.min(...silences.slice(0, 10_000));
}
