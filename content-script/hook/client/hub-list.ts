/** The watched HubConnections, held by weak references: a page may create new ones for days. */
import { addressOf } from "../../../extension/core/protocol/addresses.ts";
import type { Mistake } from "../../../extension/core/events/app-events.ts";
import type { HubWatch } from "./hub-watch.ts";
import { ownMethods } from "../../sentinel/shared-with-hook.ts";
import type { PageHub } from "../../sentinel/probe.ts";

export interface HubList {
  add(hub: PageHub, watch: HubWatch): void;
  /** Those that are still in use. */
  live(): PageHub[];
  /** Whether one of them has this address, ignoring its query. */
  knows(url: string): boolean;
  /** Records a mistake with one of the hubs, if only one of them can be meant. */
  blame(mistake: Mistake, stack: string | undefined): void;
  /** Restores everything that was changed on the hubs. */
  release(): void;
  /** Watches all of them again. */
  resume(): void;
}

/** Entries of collected hubs are removed after this many new ones. */
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
    live: () => hubs.flatMap((ref) => ref.deref() ?? []),
    knows(url) {
      let known = false;
      each((watch) => {
        known ||= addressOf(watch.url) === addressOf(url);
      });
      return known;
    },
    blame(mistake, stack) {
      const meant: HubWatch[] = [];
      each((watch) => {
        if (watch.couldMean(mistake)) meant[meant.length] = watch;
      });
      if (meant.length === 1) meant[0]?.mistakes.note(mistake, undefined, { stack });
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
