import type { Milliseconds } from "../core/units.ts";

/** How long a page may take to answer: longer, and it is busy, frozen, or paused in the debugger. */
export const PAGE_ANSWERS_WITHIN: Milliseconds = 2_000;

/** How long scripts may take to be injected. What waits for them goes on after that; the injection isn't ended. */
export const SCRIPTS_LOAD_WITHIN: Milliseconds = 10_000;

/**
 * Waits for what may never come. In Chromium a script for a tab whose site access was withdrawn waits for the user's click on the
 * toolbar button, and its promise neither resolves nor rejects; a frozen page answers when it is resumed.
 * @param late what counts as the answer if there is none in time
 */
export async function within<T, L>(limit: Milliseconds, answer: Promise<T>, late: L): Promise<T | L> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<L>((resolve) => {
    timer = setTimeout(resolve, limit, late);
  });
  return Promise.race([answer, tooLate]).finally(() => {
    clearTimeout(timer);
  });
}
