import type { Downtime, HubConnectionModel } from "./types.ts";

/** Interruptions and failed starts, in order of time. */
export const downtimesOf = ({ interruptions, failedStarts }: HubConnectionModel): readonly Downtime[] =>
  failedStarts.length === 0
    ? interruptions
    : [...interruptions, ...failedStarts].sort((a, b) => a.from - b.from);
