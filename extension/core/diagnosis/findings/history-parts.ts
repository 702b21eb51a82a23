/** What several findings ask of a hub's history. */
import { downFrom } from "../../model/downtime.ts";
import { downtimesOf } from "../../model/downtimes-of.ts";
import type { AttemptModel, Downtime, HubConnectionModel, InterruptionModel } from "../../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../units.ts";
import type { HubHistory } from "./finding.ts";

export interface Lost {
  readonly hub: HubConnectionModel;
  readonly interruption: InterruptionModel;
}

/** Interruptions of all connections, in order of time. Without those that only the end of the page made. */
export const lossesOf = ({ hubs }: HubHistory): Lost[] =>
  hubs
    .flatMap((hub) => hub.interruptions.map((interruption) => ({ hub, interruption })))
    .filter(({ interruption }) => interruption.outcome !== "page-ended" || interruption.attempts.length > 0)
    .sort((a, b) => a.interruption.from - b.interruption.from);

/** Interruptions and failed starts of all connections, in order of time. */
export const downtimesIn = ({ hubs }: HubHistory): { hub: HubConnectionModel; one: Downtime }[] =>
  hubs
    .flatMap((hub) => downtimesOf(hub).map((one) => ({ hub, one })))
    .sort((a, b) => downFrom(a.one) - downFrom(b.one));

/** Blazor's client has its own reconnect: a HubConnection's settings don't apply. */
export const isBlazor = ({ hubs }: HubHistory): boolean => hubs.every(({ circuit }) => circuit !== null);

/** When the client stopped trying. null: it hasn't. */
export function gaveUpAt(
  hub: HubConnectionModel,
  { from, outcome, attempts }: InterruptionModel,
): EpochMilliseconds | null {
  if (outcome !== "gave-up") return null;
  const left = hub.states.find((span) => span.state === "disconnected" && span.from >= from);
  return left?.from ?? attempts.at(-1)?.endedAt ?? from;
}

/** Tries that began in a span, in order of time. */
export const triesIn = (
  { attempts }: Pick<HubConnectionModel, "attempts">,
  from: EpochMilliseconds,
  to: EpochMilliseconds,
): (AttemptModel & { readonly startedAt: EpochMilliseconds })[] =>
  attempts.flatMap((one) =>
    one.startedAt !== null && one.startedAt >= from && one.startedAt <= to
      ? [{ ...one, startedAt: one.startedAt }]
      : [],
  );

/** The value in the middle; NaN for none. */
export function median(values: readonly Milliseconds[]): Milliseconds {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
