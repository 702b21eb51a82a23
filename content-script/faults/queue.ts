/** Runs delayed functions one after another, in the order in which they were added. */
import { clearNativeTimeout, guarded, nativeTimeout, now } from "../hook/shared-with-tools.ts";
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";

export interface Queue {
  readonly waiting: boolean;
  /** Never runs before those that were added earlier. Without a delay, and when nothing else waits, it runs immediately. */
  add(delay: Milliseconds, run: () => void): void;
  /** Runs everything that waits. */
  flush(): void;
}

export function createQueue(): Queue {
  let entries: { readonly at: EpochMilliseconds; run(): void }[] = [];
  let timer: number | undefined;
  let lastAt: EpochMilliseconds = 0;

  const arm = (): void => {
    const [first] = entries;
    if (timer === undefined && first) timer = nativeTimeout(work, Math.max(0, first.at - now()));
  };
  const work = (): void => {
    timer = undefined;
    while (entries[0] && entries[0].at <= now()) guarded(entries.shift()?.run ?? (() => undefined));
    arm();
  };
  return {
    get waiting() {
      return entries.length > 0;
    },
    add(delay, run) {
      const at = Math.max(lastAt, now() + delay);
      if (entries.length === 0 && delay <= 0) {
        run();
        return;
      }
      lastAt = at;
      entries[entries.length] = { at, run };
      arm();
    },
    flush() {
      if (timer !== undefined) clearNativeTimeout(timer);
      timer = undefined;
      const late = entries;
      entries = [];
      for (const { run } of late) guarded(run);
    },
  };
}
