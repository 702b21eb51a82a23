/** Connections to one server that are lost at the same moment have the same cause. */
import type { Milliseconds } from "../units.ts";
import type { InterruptionState } from "../model/state.ts";

const AT_THE_SAME_TIME: Milliseconds = 150;

const hostOf = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/.exec(url)?.[1] ?? url;

/** All interruptions of the page's other connections to the same server. */
export function othersOf({ lane }: InterruptionState): InterruptionState[] {
  const host = hostOf(lane.model.url);
  return lane.page.lanes.flatMap((other) =>
    other !== lane && hostOf(other.model.url) === host ? other.interruptions : [],
  );
}

export const sameMoment = (a: InterruptionState, b: InterruptionState): boolean =>
  Math.abs(a.from - b.from) < AT_THE_SAME_TIME;

/** The interruptions of other connections at the same moment; one per connection. */
export function lostTogether(interruption: InterruptionState): InterruptionState[] {
  const found = new Map(
    othersOf(interruption)
      .filter((other) => sameMoment(other, interruption))
      .map((other) => [other.lane, other]),
  );
  return [...found.values()];
}
