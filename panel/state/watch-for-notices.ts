/** All notices that appear on their own, and what hangs. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Watched } from "../../extension/core/diagnosis/hang.ts";
import type { FaultSpan } from "../../extension/core/model/types.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import { watchBusy } from "./busy.ts";
import { watchCutShort } from "./cut-short.ts";
import type { LoadedRecording } from "./loaded-recording.ts";
import type { Notices } from "./notices.ts";
import type { Recording } from "./recordings.ts";
import { watchHangs } from "./watch-hangs.ts";
import { watchTrimmed } from "./watch-trimmed.ts";

export interface Noticed {
  readonly shown: ReadonlySignal<Recording | null>;
  readonly loaded: ReadonlySignal<LoadedRecording | null>;
  readonly running: ReadonlySignal<readonly FaultSpan[]>;
  /** Whether the shown recording is the tab's newest, and whether its page is still open, too. */
  readonly isNewest: ReadonlySignal<boolean>;
  readonly isLive: ReadonlySignal<boolean>;
  readonly now: () => EpochMilliseconds;
  readonly watched: Signal<Watched>;
}

/** @returns stops it */
export function watchForNotices(
  { shown, loaded, running, isNewest, isLive, now, watched }: Noticed,
  notices: Notices,
): () => void {
  const stops = [
    watchTrimmed(shown, notices),
    watchCutShort(loaded, running, () => isNewest.peek(), notices),
    watchBusy(loaded, isLive, notices, now),
    watchHangs(watched, loaded, isLive, now),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
