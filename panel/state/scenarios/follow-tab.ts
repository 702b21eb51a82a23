/**
 * The recording of a tab while scenarios run in it: the shown one if it is the tab's, otherwise a separately loaded one. The
 * user may look at another recording during the run, and a scenario may reload the page.
 */
import { effect, untracked, type ReadonlySignal } from "@preact/signals";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { EventBlock } from "../../../extension/core/columns/event-block.ts";
import { createReducer, type Reducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { LoadedRecording } from "../loaded-recording.ts";
import type { PanelSource } from "../source.ts";

export interface FollowedTab {
  model(): RecordingModel;
  /** Resolves when it changes after this call. */
  changed(): Promise<void>;
  stop(): void;
}

export function followTab(
  source: PanelSource,
  loaded: ReadonlySignal<LoadedRecording | null>,
  begun: LoadedRecording,
  onError: (error: unknown) => void,
): FollowedTab {
  const since = source.now();
  let waiting: (() => void)[] = [];
  let own: Reducer | null = null;
  let unsubscribe: () => void = () => undefined;
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };

  const goOn = (): void => {
    if (own) return;
    const reducer = createReducer();
    own = reducer;
    const readUpTo = new Map<PageId, number>();
    const apply = (page: PageId, events: readonly RecordedEvent[] | EventBlock): void => {
      reducer.apply(page, events);
      readUpTo.set(page, reducer.model.events.lastSeqOf(page));
      wake();
    };
    for (const [page, events] of eventsByPage(begun)) apply(page, events);
    let queue: Promise<void> = Promise.resolve();
    const read = (page: PageId): void => {
      queue = queue
        .then(async () => {
          for await (const block of source.readBlocks(page, readUpTo.get(page) ?? 0)) apply(page, block);
        })
        .catch(onError);
    };
    unsubscribe = source.subscribe((change) => {
      if (change.type === "stored" && source.isTab(change.tabId)) read(change.page);
    });
    source
      .pages()
      .then((pages) => {
        for (const { page, tabId, recording, lastAt } of pages)
          if (source.isTab(tabId) && (recording === begun.id || lastAt >= since)) read(page);
      })
      .catch(onError);
  };

  const stopWatching = effect(() => {
    if (loaded.value === begun) {
      if (begun.version.value > 0) wake();
    } else untracked(goOn);
  });
  return {
    model: () => own?.model ?? begun.model,
    changed: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
    stop() {
      stopWatching();
      unsubscribe();
      wake();
      waiting = [];
    },
  };
}

/** In order of arrival, which is the order of seq. */
function eventsByPage({ model: { events } }: LoadedRecording): Map<PageId, RecordedEvent[]> {
  const pages = new Map<PageId, RecordedEvent[]>();
  for (let row = 0; row < events.length; row++) {
    const page = events.pageOf(row);
    const own = pages.get(page);
    if (own) own.push(events.eventOf(row));
    else pages.set(page, [events.eventOf(row)]);
  }
  return pages;
}
