/** Milliseconds, a duration. */
export type Milliseconds = number;

/**
 * Milliseconds since the Unix epoch, with a fraction: `performance.timeOrigin + performance.now()` as stamped by the hook.
 * Monotonic within one page; never changed later.
 */
export type EpochMilliseconds = number;

/** A size in bytes of UTF-8 text or of a binary frame. */
export type Bytes = number;
