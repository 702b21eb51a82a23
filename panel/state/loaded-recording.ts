/** The current recording: its events are read from the source, reduced to a model, and kept up to date. */
import { batch, signal, type ReadonlySignal } from "@preact/signals";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { StoredPage } from "../../extension/store/stored-page.ts";
import { insertInOrder, type LogRow } from "./event-log.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { PanelSource } from "./source.ts";

export interface LoadedRecording {
  readonly id: PageId;
  readonly model: RecordingModel;
  /** In order of time. Only grows. */
  readonly log: readonly LogRow[];
  /** Incremented whenever model and log changed; read it to subscribe to them. */
  readonly version: ReadonlySignal<number>;
  /** Share of the events that are loaded, 1 when complete. */
  readonly progress: ReadonlySignal<number>;
  /** Called with every batch of new rows, after the model has them. */
  onRows(listener: (rows: readonly LogRow[]) => void): () => void;
  /** Reads new events of a page. Calls during a read are combined into one. */
  refresh(page: PageId): void;
  /** Resolves when everything that was stored at the time of the call is loaded. */
  load(pages: readonly StoredPage[]): Promise<void>;
  dispose(): void;
}

export function loadRecording(
  source: PanelSource,
  id: PageId,
  onError: (error: unknown) => void,
): LoadedRecording {
  const reducer = createReducer();
  const log: LogRow[] = [];
  const version = signal(0);
  const progress = signal(0);
  const readUpTo = new Map<PageId, number>();
  const listeners = new Set<(rows: readonly LogRow[]) => void>();
  /** One reader per page: two at the same time would apply a segment twice. */
  const readers = new Map<PageId, () => Promise<void>>();
  let toLoad = 0;
  let done = 0;
  let disposed = false;

  const read = async (page: PageId): Promise<void> => {
    for await (const events of source.readEvents(page, readUpTo.get(page) ?? 0)) {
      if (disposed) return;
      const last = events.at(-1);
      if (!last) continue;
      readUpTo.set(page, last.seq);
      reducer.apply(page, events);
      const rows = events.map((event): LogRow => ({ page, event }));
      insertInOrder(log, rows);
      for (const listener of listeners) listener(rows);
      done += events.length;
      if (progress.peek() < 1) progress.value = toLoad === 0 ? 0 : Math.min(0.999, done / toLoad);
      version.value++;
    }
  };
  const readerOf = (page: PageId): (() => Promise<void>) => {
    const known = readers.get(page);
    if (known) return known;
    const reader = oneAtATime(() => (disposed ? Promise.resolve() : read(page)));
    readers.set(page, reader);
    return reader;
  };

  return {
    id,
    model: reducer.model,
    log,
    version,
    progress,
    onRows(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh(page) {
      readerOf(page)().catch(onError);
    },
    async load(pages) {
      toLoad = pages.reduce((sum, page) => sum + page.events, 0);
      for (const { page } of pages) await readerOf(page)();
      batch(() => {
        progress.value = 1;
        version.value++;
      });
    },
    dispose() {
      disposed = true;
      listeners.clear();
    },
  };
}
