/**
 * The recording of a tab while scenarios run in it: the shown one if it is the tab's, otherwise a separately loaded one. The
 * user may look at another recording during the run, and a scenario may reload the page.
 */
import { effect, untracked, type ReadonlySignal } from "@preact/signals";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
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
    const apply = (page: PageId, events: readonly RecordedEvent[]): void => {
      const last = events.at(-1);
      if (!last) return;
      readUpTo.set(page, last.seq);
      reducer.apply(page, events);
      wake();
    };
    for (const [page, events] of eventsByPage(begun)) apply(page, events);
    let queue: Promise<void> = Promise.resolve();
    const read = (page: PageId): void => {
      queue = queue
        .then(async () => {
          for await (const events of source.readEvents(page, readUpTo.get(page) ?? 0)) apply(page, events);
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

/** In order of seq; the log is in order of time. */
function eventsByPage({ log }: LoadedRecording): Map<PageId, RecordedEvent[]> {
  const pages = new Map<PageId, RecordedEvent[]>();
  for (const { page, event } of log) {
    const events = pages.get(page);
    if (events) events.push(event);
    else pages.set(page, [event]);
  }
  for (const events of pages.values()) events.sort((a, b) => a.seq - b.seq);
  return pages;
}
