/** How long a hub connection was without a connection that the app wanted. */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { Downtime, HubConnectionModel } from "./types.ts";

/** An interruption of a frozen or silenced connection is told late: nothing came through long before. */
export const downFrom = (one: Downtime): EpochMilliseconds =>
  one.kind === "interruption" ? (one.silentFrom ?? one.from) : one.from;

/** @param now until when what isn't over is counted */
export const downFor = (one: Downtime, now: EpochMilliseconds): Milliseconds =>
  (one.until ?? now) - downFrom(one);

/** Interruptions and failed starts, in order of time. */
export const downtimesOf = ({ interruptions, failedStarts }: HubConnectionModel): readonly Downtime[] =>
  failedStarts.length === 0
    ? interruptions
    : [...interruptions, ...failedStarts].sort((a, b) => a.from - b.from);

export const downOf = (hub: HubConnectionModel, now: EpochMilliseconds): Milliseconds =>
  downtimesOf(hub).reduce((sum, one) => sum + downFor(one, now), 0);
