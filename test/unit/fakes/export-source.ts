import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import type { ExportSource } from "../../../panel/state/files/export-file.ts";

/** A recording whose events are read in pieces of that many. */
export const inPieces = (
  pages: readonly (readonly [StoredPage, readonly RecordedEvent[]])[],
  most: number,
): ExportSource => ({
  pages: pages.map(([page]) => page),
  async *readEvents(id) {
    const events = pages.find(([{ page }]) => page === id)?.[1] ?? [];
    for (let i = 0; i < events.length; i += most) {
      await Promise.resolve();
      yield events.slice(i, i + most);
    }
  },
});
