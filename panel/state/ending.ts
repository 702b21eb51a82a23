/** How the tab's newest recording ended. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { endingOf, type Ending } from "./is-over.ts";
import type { LoadedRecording } from "./loaded-recording.ts";
import type { Recording } from "./recordings.ts";
import type { TabGone } from "./source.ts";

export interface EndingState {
  /** null: it goes on. */
  readonly ending: ReadonlySignal<Ending | null>;
  readonly tabClosed: ReadonlySignal<boolean>;
  tabGone(why: TabGone): void;
  stop(): void;
}

/** A page in the back/forward cache counts as left, and as open again when it returns. */
export function createEnding(
  loaded: ReadonlySignal<LoadedRecording | null>,
  live: ReadonlySignal<Recording | null>,
): EndingState {
  const ending = signal<Ending | null>(null);
  const tabClosed = signal(false);
  /** The recording that was live when the browser discarded the tab: the next one is of a tab that came back. */
  const discarded = signal<Recording["id"] | null>(null);
  /** The time of the last event when the page could no longer be reached: a later one shows that it was only slow. */
  const unreachable = signal(-1);
  const stop = effect(() => {
    const recording = loaded.value;
    if (!recording || recording.version.value === 0) return;
    const isLive = recording.id === live.value?.id;
    const gone = tabClosed.value ? "tab-closed" : discarded.value === recording.id ? "discarded" : null;
    const { id, model } = recording;
    const at = model.to;
    const left = gone === null ? endingOf(id, model) : null;
    const why = gone ?? (unreachable.value === at ? "unreachable" : null);
    const now = left ?? (why && { recording: id, why, at });
    const before = ending.peek();
    if (now && isLive) {
      if (before?.recording !== now.recording || before.why !== now.why || before.at !== now.at)
        ending.value = now;
    } else if (!now && recording.id === before?.recording) ending.value = null;
  });
  return {
    ending,
    tabClosed,
    tabGone(why) {
      if (why === "tab-closed") tabClosed.value = true;
      else if (why === "discarded") discarded.value = live.peek()?.id ?? null;
      else unreachable.value = loaded.peek()?.model.to ?? -1;
    },
    stop,
  };
}
