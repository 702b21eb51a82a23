/** Connections to one server that are lost at the same moment have the same cause. */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { InterruptionState, Lane } from "../model/state.ts";
import { cachedUntilNewEvents } from "./cached-until-new-events.ts";

const AT_THE_SAME_TIME: Milliseconds = 150;

const hostOf = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/.exec(url)?.[1] ?? url;

/** The page's other connections to the same server. */
export const othersOf = cachedUntilNewEvents(
  (lane: Lane) => lane,
  (lane): readonly Lane[] => {
    const host = hostOf(lane.model.url);
    return lane.page.lanes.filter((other) => other !== lane && hostOf(other.model.url) === host);
  },
);

export const isSameTime = (a: EpochMilliseconds, b: EpochMilliseconds): boolean =>
  Math.abs(a - b) < AT_THE_SAME_TIME;

/** The interruptions of other connections at the same moment; one per connection. */
export function lostTogether(interruption: InterruptionState): InterruptionState[] {
  return othersOf(interruption.lane).flatMap(
    ({ interruptions }) => interruptions.findLast((other) => isSameTime(other.from, interruption.from)) ?? [],
  );
}
