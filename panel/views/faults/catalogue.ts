/** The faults as listed in the Faults tab: order, groups and hints. */
import type { FaultGroup, FaultDetails } from "../../../extension/core/faults/fault-details.ts";
import { FAULT_DETAILS, FAULTS, type FaultName } from "../../../extension/core/faults/vocabulary.ts";
import type { IconName } from "../../content/deferred-icons.tsx";

const GROUPS: Readonly<Record<FaultGroup, IconName>> = {
  "Connection loss": "drop",
  Rejections: "clear",
  "Slow network": "silence",
  Messages: "in",
  Tab: "tab",
  Server: "server",
};

/** Hints beside the names: the resulting code, event or state. */
const HINTS: Readonly<Record<FaultName, string>> = {
  "abrupt-loss": "1006",
  "graceful-loss": "1006",
  "close-code": "1012, 4000…",
  "half-open": "timeout",
  "miss-window": "new id",
  "idle-cut": "1006",
  "lifetime-limit": "1006",
  offline: "offline",
  "refuse-connects": "no answer",
  "block-websockets": "falls back",
  "block-event-streams": "falls back",
  "negotiate-status": "429, 503…",
  "refuse-token": "401",
  "slow-negotiate": "late",
  "slow-handshake": "late",
  latency: "late",
  bandwidth: "queues",
  "drop-messages": "gaps",
  "duplicate-messages": "twice",
  "drop-pings": "timeout",
  suspend: "freeze",
  "suspend-in-cache": "freeze",
  discard: "reload",
  "throttle-timers": "late pings",
  "block-main-thread": "long task",
  "server-close": "type 7",
  drain: "type 7",
};

export const hintFor = (name: FaultName): string => HINTS[name];

/** The faults in the toolbar's menu; all others are in the Faults tab. */
export const USUAL_FAULTS: readonly FaultName[] = [
  "abrupt-loss",
  "graceful-loss",
  "half-open",
  "offline",
  "negotiate-status",
  "block-websockets",
  "suspend",
  "discard",
  "server-close",
];

export interface CatalogueGroup {
  readonly title: FaultGroup;
  readonly icon: IconName;
  readonly faults: readonly FaultName[];
}

const ALL = Object.keys(FAULTS) as FaultName[];

/** The faults that contain every word of `search`, in groups; all if it is empty. */
export function catalogue(search: string): readonly CatalogueGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = ALL.filter((name) => {
    const about = aboutOf(name);
    return words.every((word) => about.includes(word));
  });
  return (Object.keys(GROUPS) as FaultGroup[])
    .map((title) => ({
      title,
      icon: GROUPS[title],
      faults: found.filter((name) => FAULTS[name].group === title),
    }))
    .filter(({ faults }) => faults.length > 0);
}

/** All texts in which a fault can be found. */
function aboutOf(name: FaultName): string {
  const { title, group } = FAULTS[name];
  const { description, appSees, serverSees, realism }: FaultDetails = FAULT_DETAILS[name];
  return [name, title, group, HINTS[name], description, appSees, serverSees, realism.simulates]
    .join(" ")
    .toLowerCase();
}
