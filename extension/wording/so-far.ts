/** Whether what has no end (yet) is told as something that may still end. Pure. */
import type { Trouble } from "../core/diagnosis/hang.ts";

/** A circuit that an exception ended doesn't come back: the page needs a new one, with a reload. */
export const isForGood = (one: Trouble): boolean => one.kind === "interruption" && one.circuit === "ended";

/** The client doesn't try any more. The app may still start it again. */
export const hasGivenUp = (one: Trouble): boolean =>
  one.kind === "interruption" && (one.outcome === "gave-up" || one.outcome === "closed-by-server");

/** After a duration. */
export const soFar = (one: Trouble): string =>
  one.until === null && !isForGood(one) && !hasGivenUp(one) ? " so far" : "";
