import type { Milliseconds } from "../units.ts";

/**
 * A step within this time counts as the same client's next step: the socket after its negotiate, the fallback to the next
 * transport, the try after a loss. It is longer than a task or two on a busy page, and shorter than any retry delay. Without
 * the client probe only the time connects such steps.
 */
export const AT_ONCE: Milliseconds = 250;
