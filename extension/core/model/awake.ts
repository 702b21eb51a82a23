import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { lengthOf, union, without, type Gap } from "./downtime.ts";
import type { PageModel } from "./types.ts";

/**
 * How much of a time the page was visible. The browser slows the timers of a hidden page and stops a frozen one: what comes late then
 * is no sign of a server or a network that doesn't answer.
 * @param paused other times that don't count
 */
export function awakeTime(
  page: Pick<PageModel, "visibility"> | null,
  from: EpochMilliseconds,
  until: EpochMilliseconds,
  paused: readonly Gap[] = [],
): Milliseconds {
  const asleep = (page?.visibility ?? [])
    .filter(({ state, until: end }) => state !== "visible" && (end ?? Infinity) > from)
    .map((span): Gap => ({ from: span.from, until: span.until ?? Infinity }));
  return lengthOf(without([{ from, until: Math.max(from, until) }], union([...asleep, ...paused])));
}
