import type { Milliseconds } from "../units.ts";

/** The timers to use: the panel's, or in a page those that no fault holds. */
export interface Timers<T> {
  set(done: () => void, time: Milliseconds): T;
  clear(timer: T): void;
}

/** @returns a wait that ends early, without an error, when the signal aborts */
export const sleepWith =
  <T>({ set, clear }: Timers<T>) =>
  (time: Milliseconds, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clear(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = set(done, signal?.aborted ? 0 : time);
      signal?.addEventListener("abort", done);
    });
