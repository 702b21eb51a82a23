/** What a busy connection did after a reconnect: its messages were only counted, so methods and answers aren't known, but their sum is. */
import type { HubConnectionModel } from "../../../model/types.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../../units.ts";
import { isCall, isData } from "../../weight/usual-traffic.ts";
import type { Lost } from "../history-parts.ts";

export interface Amount {
  readonly calls: number;
  readonly loaded: Bytes;
}

/** Traffic isn't the same in each second. */
const TOLERANCE = 1.5;

/** What it did in the time after it had connected, beyond what it did in the same time before the loss. */
export function beyondUsual(
  { hub }: Lost,
  { lostAt, connectedAt }: { readonly lostAt: EpochMilliseconds; readonly connectedAt: EpochMilliseconds },
  length: Milliseconds,
): Amount {
  const before = amountOf(hub, lostAt - length, lostAt);
  const after = amountOf(hub, connectedAt, connectedAt + length);
  return {
    calls: Math.max(0, Math.round(after.calls - before.calls * TOLERANCE)),
    loaded: Math.max(0, Math.round(after.loaded - before.loaded * TOLERANCE)),
  };
}

function amountOf(
  { messages, counts }: HubConnectionModel,
  from: EpochMilliseconds,
  to: EpochMilliseconds,
): Amount {
  let [calls, loaded] = [0, 0];
  const add = (direction: "in" | "out", type: number, count: number, bytes: Bytes): void => {
    if (isCall(direction, type)) calls += count;
    if (direction === "in" && isData(type)) loaded += bytes;
  };
  for (let i = messages.firstFrom(from); i < messages.length && messages.timeAt(i) < to; i++) {
    const { direction, type, counted, swallowed } = messages.headAt(i);
    if (!counted && !swallowed) add(direction, type, 1, messages.sizeAt(i));
  }
  for (const span of counts)
    if (span.t >= from && span.t < to)
      for (const { direction, type, count, bytes } of span.counts) add(direction, type, count, bytes);
  return { calls, loaded };
}
