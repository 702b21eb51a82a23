/**
 * Tells the panel that more events of a growing recording are stored. Each time it draws everything again, so it isn't told of each
 * segment, but whenever the recording has grown by a quarter: of a million events in about twenty-five steps.
 */
import type { PageId } from "../../../extension/core/ids.ts";
import type { StoredEvents } from "../file-orders.ts";

const GROWTH = 1.25;

export interface Announcer {
  /** @param events how many of the recording are stored, in all pages */
  stored(page: StoredEvents, events: number): void;
  /** Tells what was not told yet. */
  flush(): void;
}

export function createAnnouncer(tell: (stored: StoredEvents) => void): Announcer {
  const waiting = new Map<PageId, StoredEvents>();
  let told = 0;
  const flush = (): void => {
    for (const stored of waiting.values()) tell(stored);
    waiting.clear();
  };
  return {
    stored(page, events) {
      waiting.set(page.page, page);
      if (events < told * GROWTH) return;
      told = events;
      flush();
    },
    flush,
  };
}
