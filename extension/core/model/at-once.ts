import type { Milliseconds } from "../units.ts";

/**
 * What follows so soon is taken as the client's own next step: the socket after its negotiate, the fallback to the next transport,
 * the try after a loss. Longer than a task or two of a busy page, shorter than any retry that waits. Only the time connects them
 * where nothing but the wire is seen.
 */
export const AT_ONCE: Milliseconds = 250;
