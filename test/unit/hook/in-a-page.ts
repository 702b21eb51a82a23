/** What the hook's modules take from a page when they are loaded. Import before them; the clock is the test's from then on. */
import { vi } from "vitest";

vi.useFakeTimers();
// happy-dom has none. Nothing of it is used here but that it is there.
vi.stubGlobal(
  "EventSource",
  class extends EventTarget {
    close(): void {}
  },
);

export const later = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);
