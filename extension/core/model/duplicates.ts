/** Several connections of one page to the same hub at the same time: usually one that was started twice and never stopped. */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { HubConnectionModel, StateSpan } from "./types.ts";

/** A shorter overlap is a change from one connection to the next. */
const SHORTEST: Milliseconds = 1_000;

const isOpen = ({ state }: StateSpan): boolean => state === "connected" || state === "resumed";

/**
 * The other connections of the same page to the same hub that were connected together with this one, for at least a second.
 * @param now the end of what is open
 */
export function duplicatesOf(
  hub: HubConnectionModel,
  hubs: readonly HubConnectionModel[],
  now: EpochMilliseconds,
): HubConnectionModel[] {
  return hubs.filter(
    (other) =>
      other !== hub &&
      other.page === hub.page &&
      other.url === hub.url &&
      overlap(hub, other, now) >= SHORTEST,
  );
}

/** How long both were connected. Spans are in order of time. */
function overlap(a: HubConnectionModel, b: HubConnectionModel, now: EpochMilliseconds): Milliseconds {
  let sum = 0;
  for (let i = 0, j = 0; i < a.states.length && j < b.states.length;) {
    const [one, other] = [a.states[i], b.states[j]];
    if (!one || !other) break;
    const [until, otherUntil] = [one.until ?? now, other.until ?? now];
    if (isOpen(one) && isOpen(other))
      sum += Math.max(0, Math.min(until, otherUntil) - Math.max(one.from, other.from));
    if (until <= otherUntil) i++;
    else j++;
  }
  return sum;
}
