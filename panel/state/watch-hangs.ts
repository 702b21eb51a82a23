/** Runs the watchdogs: what hangs is known from the time alone, as nothing is recorded meanwhile. */
import { effect, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Watched } from "../../extension/core/diagnosis/hang.ts";
import { watchdogs } from "../../extension/core/diagnosis/hangs.ts";
import type { Gap } from "../../extension/core/model/downtime.ts";
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";
import type { LoadedRecording } from "./loaded-recording.ts";
import { watch } from "./watch.ts";

/** Durations are shown in seconds. */
const EVERY: Milliseconds = 1_000;
/** The timer of a visible panel is this late only if the computer slept, and the page with it. */
const STOOD_STILL: Milliseconds = 10_000;
const MOST_PAUSES = 100;

/** @returns stops it */
export function watchHangs(
  watched: Signal<Watched>,
  loaded: ReadonlySignal<LoadedRecording | null>,
  isLive: ReadonlySignal<boolean>,
  now: () => EpochMilliseconds,
): () => void {
  const paused: Gap[] = [];
  let looked: EpochMilliseconds | null = null;
  /** Until when which recording was watched live. */
  let seen: { readonly recording: LoadedRecording; readonly until: EpochMilliseconds } | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = (): void => {
    const recording = loaded.peek();
    if (!recording || recording.model.to === 0) {
      watched.value = { waiting: [], hangs: [] };
      return;
    }
    const { model } = recording;
    if (isLive.peek()) seen = { recording, until: now() };
    const until = seen?.recording === recording ? seen.until : 0;
    const next = watchdogs(model, Math.max(model.to, until), paused);
    const before = watched.peek();
    if (next.waiting.length + next.hangs.length + before.waiting.length + before.hangs.length > 0)
      watched.value = next;
  };
  const tick = (): void => {
    const t = document.visibilityState === "visible" ? now() : null;
    if (t !== null && looked !== null && t - looked > STOOD_STILL) {
      paused.push({ from: looked, until: t });
      if (paused.length > MOST_PAUSES) paused.shift();
    }
    looked = t;
    look();
  };
  const stop = effect(() => {
    watch(loaded.value?.version);
    const live = isLive.value;
    look();
    clearInterval(timer);
    looked = live ? now() : null;
    if (live) timer = setInterval(tick, EVERY);
  });
  return () => {
    stop();
    clearInterval(timer);
  };
}
