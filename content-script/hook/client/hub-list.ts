/** The hubs that are watched, held weakly: a page may make new ones for days. */
import type { HubWatch } from "./hub-watch.ts";
import { ownMethods } from "../platform/natives.ts";
import type { PageHub } from "./probe.ts";

export interface HubList {
  add(hub: PageHub, watch: HubWatch): void;
  /** Takes back what was changed on every hub. */
  release(): void;
  /** Watches them all again. */
  resume(): void;
}

/** Dead entries are swept out each time that so many more have come. */
const SWEEP = 50;

export function createHubList(): HubList {
  const watches = ownMethods(new WeakMap<PageHub, HubWatch>());
  let hubs: WeakRef<PageHub>[] = [];
  let sweepAt = SWEEP;
  const each = (run: (watch: HubWatch) => void): void => {
    for (const ref of hubs) {
      const hub = ref.deref();
      const watch = hub && watches.get(hub);
      if (watch) run(watch);
    }
  };
  return {
    add(hub, watch) {
      watches.set(hub, watch);
      hubs[hubs.length] = new WeakRef(hub);
      if (hubs.length < sweepAt) return;
      hubs = hubs.filter((ref) => ref.deref());
      sweepAt = hubs.length + SWEEP;
    },
    release() {
      each((watch) => {
        watch.release();
      });
    },
    resume() {
      each((watch) => {
        watch.resume();
      });
    },
  };
}
