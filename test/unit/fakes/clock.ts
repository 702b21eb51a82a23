/**
 * The test's clock. `setImmediate` stays the machine's, as fake-indexeddb works with it: nothing that the database does takes
 * time on this clock.
 */
import { vi } from "vitest";

export function useClock(now: number): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now });
}

/** Lets everything happen that needs no time. `busy` says whether something is still under way. */
export async function settle(busy: () => boolean): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (busy()) quiet = 0;
  }
}
