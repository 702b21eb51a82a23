/** Moves the end of a live recording as time passes, only as often as it makes a visible difference. */
import { watch } from "./watch.ts";
import { effect, type ReadonlySignal } from "@preact/signals";
import type { LoadedRecording } from "./loaded-recording.ts";
import type { View } from "./view.ts";

/** Typical width of the timeline in pixels: the end moves by one pixel. */
const TYPICAL_WIDTH = 1200;
/**
 * Minimum interval. Measured with software rendering: at 50 ms an idle panel used a quarter of a core, and DevTools the same
 * again.
 */
const QUICKEST = 150;
const SLOWEST = 1000;

export function runLiveClock(
  loaded: ReadonlySignal<LoadedRecording | null>,
  isLive: ReadonlySignal<boolean>,
  view: View,
  since: ReadonlySignal<number>,
  now: () => number,
): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const update = (): void => {
    const recording = loaded.peek();
    if (!recording || recording.model.to === 0) return;
    const { to } = recording.model;
    const from = Math.max(recording.model.from, since.peek());
    const end = isLive.peek() ? Math.max(to, now()) : to;
    const extent = view.extent.peek();
    const next = { from, to: Math.max(end, from + 1000) };
    if (next.from !== extent.from || next.to !== extent.to) view.extent.value = next;
  };
  const tick = (): void => {
    timer = null;
    if (document.visibilityState === "visible") update();
    if (!isLive.peek()) return;
    const { from, to } = view.range.peek();
    timer = setTimeout(tick, Math.max(QUICKEST, Math.min(SLOWEST, (to - from) / TYPICAL_WIDTH)));
  };
  const stop = effect(() => {
    watch(loaded.value?.version, since);
    const live = isLive.value;
    update();
    if (live && timer === null) tick();
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}
