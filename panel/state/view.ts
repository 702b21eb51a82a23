/** The range that the timeline shows, and its cursor. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";
import { clampRange, type Range } from "./time-scale.ts";

/** "fit": everything, growing. "follow": a window of fixed length at the end. "free": chosen by the user. */
export type ViewMode = "fit" | "follow" | "free";

/** Of longer recordings only the last part is shown at first. */
const FITS: Milliseconds = 15 * 60_000;

export interface View {
  /** The whole recording, until now while it is live. */
  readonly extent: Signal<Range>;
  /** The range that is shown. */
  readonly range: ReadonlySignal<Range>;
  readonly mode: Signal<ViewMode>;
  readonly cursor: Signal<EpochMilliseconds | null>;
  set(range: Range): void;
  fit(): void;
  /** Scrolls so that `t` is in view. */
  reveal(t: EpochMilliseconds, until?: EpochMilliseconds): void;
  /** Resets the view when another recording is shown. */
  reset(extent: Range): void;
}

export function createView(): View {
  const extent = signal<Range>({ from: 0, to: 1000 });
  const free = signal<Range>({ from: 0, to: 1000 });
  const mode = signal<ViewMode>("fit");
  const cursor = signal<EpochMilliseconds | null>(null);
  const range = computed<Range>(() => {
    const whole = extent.value;
    switch (mode.value) {
      case "fit":
        return clampRange(whole, whole);
      case "follow": {
        const length = free.value.to - free.value.from;
        return clampRange({ from: whole.to - length, to: whole.to }, whole);
      }
      case "free":
        return clampRange(free.value, whole);
    }
  });
  const set = (next: Range): void => {
    const whole = extent.peek();
    const clamped = clampRange(next, whole);
    batch(() => {
      free.value = clamped;
      const atEnd = clamped.to >= whole.to;
      mode.value = atEnd ? (clamped.from <= whole.from ? "fit" : "follow") : "free";
    });
  };
  return {
    extent,
    range,
    mode,
    cursor,
    set,
    fit() {
      mode.value = "fit";
    },
    reveal(t, until = t) {
      const { from, to } = range.peek();
      if (t >= from && until <= to) return;
      const length = Math.max(to - from, (until - t) * 1.5);
      set({ from: (t + until) / 2 - length / 2, to: (t + until) / 2 + length / 2 });
    },
    reset(whole) {
      batch(() => {
        extent.value = whole;
        cursor.value = null;
        const long = whole.to - whole.from > FITS;
        free.value = long ? { from: whole.to - FITS, to: whole.to } : whole;
        mode.value = long ? "follow" : "fit";
      });
    },
  };
}
