/** The time of messages. */
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { dateNow, isReplaying, now } from "../../sentinel/shared-with-hook.ts";

let lastMillisecond = 0;
let lastNow: EpochMilliseconds = 0;
/**
 * `now()` for the hot path: at most a millisecond late. `performance.now()` is slow, as the browser reduces its precision, so
 * it is called only when the cheap `Date.now()` has changed.
 */
export const nowOfMillisecond = (): EpochMilliseconds => {
  if (isReplaying()) return now();
  const millisecond = dateNow();
  if (millisecond !== lastMillisecond) {
    lastMillisecond = millisecond;
    lastNow = now();
  }
  return lastNow;
};
