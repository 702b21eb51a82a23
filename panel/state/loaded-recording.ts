/** The current recording: its events are read from the source, reduced to a model, and kept up to date. */
import { batch, signal, type ReadonlySignal } from "@preact/signals";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { StoredPage } from "../../extension/store/stored-page.ts";
import { EventLog } from "./event-log.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { sliced } from "./sliced.ts";
import type { PanelSource } from "./source.ts";

export interface LoadedRecording {
  readonly id: PageId;
  readonly model: RecordingModel;
  /** In order of time. Only grows. */
  readonly log: EventLog;
  /** Incremented whenever model and log changed; read it to subscribe to them. */
  readonly version: ReadonlySignal<number>;
  /** Share of the events that are loaded, 1 when complete. */
  readonly progress: ReadonlySignal<number>;
  /** `listener` is called after each batch of events, in the same slice: for what must be kept up to date in small steps. */
  follow(listener: () => void): void;
  /** Reads new events of a page. Calls during a read are combined into one. */
  refresh(page: PageId): void;
  /** Resolves when everything that was stored at the time of the call is loaded. */
  load(pages: readonly StoredPage[]): Promise<void>;
  dispose(): void;
}

/** While many events are being read, the panel is drawn again this often. Each time it reads all connections of the model. */
const SHOW_EVERY = 250;

export function loadRecording(
  source: PanelSource,
  id: PageId,
  onError: (error: unknown) => void,
): LoadedRecording {
  const reducer = createReducer();
  const log = new EventLog(reducer.model.events);
  const version = signal(0);
  const progress = signal(0);
  const readUpTo = new Map<PageId, number>();
  /** One reader per page: two at the same time would apply a segment twice. */
  const readers = new Map<PageId, () => Promise<void>>();
  const slices = sliced();
  const listeners: (() => void)[] = [];
  let toLoad = 0;
  let shownAt = -Infinity;
  let loading = false;
  let disposed = false;

  const show = (): void => {
    if (disposed) return;
    shownAt = performance.now();
    batch(() => {
      if (progress.peek() < 1)
        progress.value = toLoad === 0 ? 0 : Math.min(0.999, reducer.model.events.length / toLoad);
      version.value++;
    });
  };
  const read = async (page: PageId): Promise<void> => {
    // What a live page sends is one batch, and is shown at once.
    let isFirst = !loading;
    let unseen = false;
    for await (const block of source.readBlocks(page, readUpTo.get(page) ?? 0)) {
      if (disposed) return;
      if (block.length === 0) continue;
      readUpTo.set(page, block.seq[block.length - 1] ?? 0);
      reducer.apply(page, block);
      log.update();
      for (const listener of listeners) listener();
      unseen = !isFirst && performance.now() - shownAt < SHOW_EVERY;
      if (unseen) await slices.next();
      else {
        if (!isFirst) await slices.begin();
        show();
        isFirst = false;
        await slices.begin();
      }
    }
    if (unseen && !loading) show();
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
    follow(listener) {
      listeners.push(listener);
    },
    refresh(page) {
      readerOf(page)().catch(onError);
    },
    async load(pages) {
      toLoad = pages.reduce((sum, page) => sum + page.events, 0);
      reducer.model.events.reserve(toLoad);
      loading = true;
      try {
        for (const { page } of pages) await readerOf(page)();
      } finally {
        loading = false;
        batch(() => {
          progress.value = 1;
          show();
        });
      }
    },
    dispose() {
      disposed = true;
    },
  };
}
