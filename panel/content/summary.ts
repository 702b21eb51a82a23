/** The key figures at the start of a report. The panel shows them before it exports one. Pure. */
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import type { CauseName } from "../../extension/core/diagnosis/verdict.ts";
import { downOf, downtimeFigures } from "../../extension/core/model/downtime.ts";
import { downtimesOf } from "../../extension/core/model/downtimes-of.ts";
import type { HubConnectionModel, RecordingModel } from "../../extension/core/model/types.ts";
import { about } from "../../extension/core/text/format.ts";
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";
import { unrecordedOf } from "../../extension/wording/unrecorded.ts";
import { hubName } from "../../extension/core/model/hub-name.ts";

export interface HubSummary {
  readonly key: string;
  readonly name: string;
  readonly interruptions: number;
  readonly failedStarts: number;
  readonly down: Milliseconds;
  readonly causes: readonly (readonly [CauseName, number])[];
}

export interface Summary {
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly hubs: readonly HubSummary[];
  readonly interruptions: number;
  readonly failedStarts: number;
  /** The downtime of the page: when several connections are down at the same time, that time counts once. */
  readonly down: ReturnType<typeof downtimeFigures>;
  /** A connection is down now, so the downtime still grows. */
  readonly growing: boolean;
  /** Number of calls that were lost. */
  readonly lost: number;
  /** Estimated number of messages that the app missed. */
  readonly missed: number;
  readonly messages: number;
  /** Number of messages that faults dropped, so that they never reached their receiver. */
  readonly swallowed: number;
  /** Number of events that were not recorded. */
  readonly dropped: number;
  /** Number of payloads that were recorded only in part. */
  readonly cut: number;
  /** Number of connections that Hubscope noticed but can't record. */
  readonly unrecorded: number;
}

export function summarise(model: RecordingModel): Summary {
  const all = model.hubs.flatMap((hub) => hub.interruptions);
  const hubs = model.hubs.map((hub) => hubSummary(hub, model.to));
  return {
    from: model.from,
    to: model.to,
    hubs,
    interruptions: all.length,
    failedStarts: hubs.reduce((sum, hub) => sum + hub.failedStarts, 0),
    growing: model.hubs.some((hub) => downtimesOf(hub).some((one) => one.until === null)),
    down: downtimeFigures(model.hubs, model.to),
    lost: model.hubs.reduce((sum, { calls }) => sum + calls.filter(({ fate }) => fate === "lost").length, 0),
    missed: about(all.reduce((sum, one) => sum + (one.missedEstimate ?? 0), 0)),
    messages: totalOf(model, "messages"),
    swallowed: totalOf(model, "swallowed"),
    dropped: model.dropped,
    cut: model.cut,
    unrecorded: unrecordedOf(model.pages).length,
  };
}

function hubSummary(hub: HubConnectionModel, to: EpochMilliseconds): HubSummary {
  const causes = new Map<CauseName, number>();
  for (const downtime of downtimesOf(hub)) {
    const { cause } = verdictOf(downtime);
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  return {
    key: hub.key,
    name: hubName(hub),
    interruptions: hub.interruptions.length,
    failedStarts: hub.failedStarts.length,
    down: downOf(hub, to),
    causes: [...causes],
  };
}

const totalOf = ({ hubs }: RecordingModel, field: "messages" | "swallowed"): number =>
  hubs.reduce((sum, { totals }) => sum + totals.in[field] + totals.out[field], 0);
