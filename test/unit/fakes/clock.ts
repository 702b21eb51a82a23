/**
 * The fake clock of tests. `setImmediate` stays real, because fake-indexeddb needs it: work of the database takes no
 * time on this clock.
 */
import { vi } from "vitest";

export function useClock(now: number): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now });
}

/** Runs everything that is due without advancing the clock. `busy` says whether something is still running. */
export async function settle(busy: () => boolean): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (busy()) quiet = 0;
  }
}
