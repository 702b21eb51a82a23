import type { Milliseconds } from "../units.ts";

/**
 * What fails without an answer after this time was waited for, and given up by the client, the browser or the network. A refusal, and
 * a name that doesn't exist, take less.
 */
export const UNANSWERED: Milliseconds = 10_000;
