import type { Milliseconds } from "../../../extension/core/units.ts";

/** Slower answers are highlighted: users notice a delay of this length. */
export const SLOW_ANSWER: Milliseconds = 200;
