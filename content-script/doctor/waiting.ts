/** Waiting with the browser's own timers, which no fault holds. */
import type { Milliseconds } from "../../extension/core/units.ts";
import { clearNativeTimeout, nativeTimeout } from "../hook/shared-with-tools.ts";

/** Rejects with `late` if the promise isn't settled by then, or when it is aborted. */
export function within<T>(
  time: Milliseconds,
  promise: Promise<T>,
  late: Error,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = nativeTimeout(() => {
      reject(late);
    }, time);
    signal?.addEventListener("abort", () => {
      reject(late);
    });
    promise.then(resolve, reject).finally(() => {
      clearNativeTimeout(timer);
    });
  });
}

/** @returns early when it is aborted */
export function pause(time: Milliseconds, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const timer = nativeTimeout(resolve, time);
    signal?.addEventListener("abort", () => {
      clearNativeTimeout(timer);
      resolve();
    });
  });
}

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** undefined: there is none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
