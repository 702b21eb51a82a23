import { NativePromise, cancelLater, later, ownMethods } from "../hook/shared-with-faults.ts";
import type { Milliseconds } from "../../extension/core/units.ts";

/** Waits that can all be ended at once. */
export function createWaits(): { wait(delay: Milliseconds): Promise<undefined>; end(): void } {
  const waiting = ownMethods(new Map<number, () => void>());
  return {
    wait: (delay) =>
      new NativePromise((resolve) => {
        const timer = later(() => {
          waiting.delete(timer);
          resolve(undefined);
        }, delay);
        waiting.set(timer, () => {
          cancelLater(timer);
          resolve(undefined);
        });
      }),
    end() {
      for (const release of waiting.values()) release();
      waiting.clear();
    },
  };
}
