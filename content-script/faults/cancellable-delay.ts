import { NativePromise, clearNativeTimeout, nativeTimeout, ownMethods } from "../hook/shared-with-tools.ts";
import type { Milliseconds } from "../../extension/core/units.ts";

/** Delays that can all be ended at once. */
export function createDelays(): { wait(delay: Milliseconds): Promise<undefined>; end(): void } {
  const waiting = ownMethods(new Map<number, () => void>());
  return {
    wait: (delay) =>
      new NativePromise((resolve) => {
        const timer = nativeTimeout(() => {
          waiting.delete(timer);
          resolve(undefined);
        }, delay);
        waiting.set(timer, () => {
          clearNativeTimeout(timer);
          resolve(undefined);
        });
      }),
    end() {
      for (const release of waiting.values()) release();
      waiting.clear();
    },
  };
}
