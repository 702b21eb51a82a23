/** Draws a long list in steps, the newest rows first: while a recording is being read, all rows may be others each time. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Milliseconds } from "../../../extension/core/units.ts";

/** More than are in view. */
const STEP = 40;
/** The other rows follow when the list has stayed the same for so long: longer than between two drawings of a growing recording. */
const PAUSE: Milliseconds = 300;

/**
 * The index of the first row to draw.
 * @param wanted the index of the first row that is to be drawn in the end
 * @param selected the index of the selected row, which is always drawn; -1: none is
 */
export function useSteps(length: number, wanted: number, selected: number): number {
  const [, drawAgain] = useState(0);
  const drawn = useRef({ from: 0, length: 0 });
  const { from: before, length: known } = drawn.current;
  const newest = length - STEP;
  // Few new rows are added to those that are drawn; of many only the newest are.
  const begin = length - known > STEP ? newest : Math.min(before, newest);
  const from = Math.max(wanted, selected < 0 ? begin : Math.min(begin, selected));
  drawn.current = { from, length };
  // Other drawings, as those of a live recording with each tick of its clock, don't begin the pause again.
  useEffect(() => {
    if (from <= wanted) return undefined;
    const timer = setTimeout(() => {
      drawn.current.from = from - STEP;
      drawAgain((turn) => turn + 1);
    }, PAUSE);
    return () => {
      clearTimeout(timer);
    };
  }, [from, wanted, length]);
  return from;
}
