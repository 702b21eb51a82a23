/**
 * Prepares the globals that the hook's modules read when they are loaded. Import before them; it also installs the fake
 * clock.
 */
import { vi } from "vitest";

vi.useFakeTimers();
// happy-dom has none. The hook only needs it to exist.
vi.stubGlobal(
  "EventSource",
  class extends EventTarget {
    close(): void {}
  },
);

export const later = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);
