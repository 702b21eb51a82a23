/** The hubs that are watched, held weakly: a page may make new ones for days. */
import { ownMethods } from "./natives.ts";
import type { PageHub } from "./probe.ts";

export interface HubList {
  /** @param release takes back what the watch has changed on the hub */
  add(hub: PageHub, release: () => void): void;
  /** Ends every watch. */
  release(): void;
}

/** Dead entries are swept out each time that so many more have come. */
const SWEEP = 50;

export function createHubList(): HubList {
  const releases = ownMethods(new WeakMap<PageHub, () => void>());
  let hubs: WeakRef<PageHub>[] = [];
  let sweepAt = SWEEP;
  return {
    add(hub, release) {
      releases.set(hub, release);
      hubs[hubs.length] = new WeakRef(hub);
      if (hubs.length < sweepAt) return;
      hubs = hubs.filter((ref) => ref.deref());
      sweepAt = hubs.length + SWEEP;
    },
    release() {
      for (const ref of hubs) {
        const hub = ref.deref();
        if (hub) releases.get(hub)?.();
      }
      hubs = [];
    },
  };
}
