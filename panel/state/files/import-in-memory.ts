/** Reads a recording file into memory: for the panel as a plain page, and for tests. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import { sizeOfEvents } from "../../../extension/core/events/event-size.ts";
import type { Import, ImportedPage } from "../../../extension/store/import.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import { importFile, type ImportHooks } from "./import-file.ts";

interface PageWithEvents {
  readonly page: StoredPage;
  readonly events: readonly RecordedEvent[];
}

export async function importEvents(
  file: File,
  now: number,
  { onProgress, signal }: Pick<ImportHooks, "onProgress" | "signal">,
): Promise<{ pages: PageWithEvents[]; warnings: readonly string[] }> {
  const held = new Map<PageId, RecordedEvent[]>();
  let pages: PageWithEvents[] = [];
  const job: Import = {
    mark: `file:${now.toString(36)}:`,
    add(page, events) {
      const own = held.get(page) ?? [];
      for (const event of events) own.push(event);
      held.set(page, own);
      return Promise.resolve();
    },
    takeBack(page) {
      const events = held.get(page) ?? [];
      held.delete(page);
      return Promise.resolve(events);
    },
    finish(rows) {
      pages = rows.map((row: ImportedPage) => {
        const events = held.get(row.page) ?? [];
        return { page: { ...row, pinned: false, bytes: sizeOfEvents(events) }, events };
      });
      return Promise.resolve();
    },
    cancel: () => Promise.resolve(),
  };
  const { warnings } = await importFile(file, job, now, { onProgress, signal, onStored: () => undefined });
  return { pages, warnings };
}
