import type { Milliseconds } from "../../../extension/core/units.ts";

/** Slower answers are marked: users notice a wait of this length. */
export const SLOW_ANSWER: Milliseconds = 200;
