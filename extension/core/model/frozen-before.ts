import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { PageModel, VisibilitySpan } from "./types.ts";

/** A browser closes the sockets of a frozen page within about 10 ms after its return; a busy page notices it later. */
export const RESUME_WINDOW: Milliseconds = 2_000;

/** The freeze during which, or right after which, a connection was lost at `t`. */
export const frozenBefore = (page: PageModel, t: EpochMilliseconds): VisibilitySpan | null =>
  page.visibility.findLast(
    (span) =>
      span.state === "frozen" &&
      span.from <= t &&
      (span.until === null || near(span.until, t, RESUME_WINDOW)),
  ) ?? null;

/** `before` lies at most `window` before `t`, or 50 ms after it (listeners run in any order). */
export const near = (before: EpochMilliseconds, t: EpochMilliseconds, window: Milliseconds): boolean =>
  before <= t + 50 && t - before <= window;
