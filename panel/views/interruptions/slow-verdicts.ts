/**
 * The verdicts of a long list. Any new event may change each of them, as it is compared with the others, and two hundred take 40 ms:
 * so they are made in slices, the newest first, and until its turn comes a row shows the verdict that it had.
 */
import { useEffect, useState } from "preact/hooks";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import type { Verdict } from "../../../extension/core/diagnosis/verdict.ts";
import type { Trouble } from "../../../extension/core/diagnosis/hang.ts";
import { sliced } from "../../state/sliced.ts";

/** Judges the newest, until the slice is over. @returns whether all have their verdicts */
export function judgeSlice(
  downtimes: readonly Trouble[],
  slice: Pick<ReturnType<typeof sliced>, "isOver">,
): boolean {
  for (let i = downtimes.length - 1; i >= 0; i--) {
    const one = downtimes[i];
    if (!one || verdictOf.isCurrent(one)) continue;
    if (slice.isOver()) return false;
    verdictOf(one);
  }
  return true;
}

/** null: it has no verdict yet. */
export type KnownVerdict = (one: Trouble) => Verdict | null;

/** Draws the component again after each slice. */
export function useVerdicts(downtimes: readonly Trouble[]): KnownVerdict {
  const [turn, setTurn] = useState(0);
  const isDone = judgeSlice(downtimes, sliced());
  useEffect(() => {
    if (isDone) return undefined;
    const timer = setTimeout(setTurn, 0, turn + 1);
    return () => {
      clearTimeout(timer);
    };
  });
  return (one) => verdictOf.last(one) ?? null;
}
