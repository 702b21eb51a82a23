/** The figures that a report begins with. Pure. */
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { downOf, downtimeFigures, downtimesOf } from "../../../extension/core/model/downtime.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import type { CauseName } from "../../../extension/core/diagnosis/verdict.ts";
import { payloadSize } from "../../../extension/core/events/payload.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../../extension/core/units.ts";
import type { LogRow } from "../../state/event-log.ts";
import { about } from "../../../extension/core/text/format.ts";

export interface HubSummary {
  readonly key: string;
  readonly path: string;
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
  /** Of the page: the same time of several connections counts once. */
  readonly down: ReturnType<typeof downtimeFigures>;
  /** Something is down still. */
  readonly growing: boolean;
  readonly lost: number;
  /** An estimate. */
  readonly missed: number;
  readonly dropped: number;
  readonly cut: number;
  readonly payloads: number;
  readonly payloadBytes: Bytes;
}

export function summarise(model: RecordingModel, log: readonly LogRow[]): Summary {
  const all = model.hubs.flatMap((hub) => hub.interruptions);
  const hubs = model.hubs.map((hub): HubSummary => {
    const causes = new Map<CauseName, number>();
    for (const downtime of downtimesOf(hub)) {
      const { cause } = verdictOf(downtime);
      causes.set(cause, (causes.get(cause) ?? 0) + 1);
    }
    return {
      key: hub.key,
      path: hub.path,
      interruptions: hub.interruptions.length,
      failedStarts: hub.failedStarts.length,
      down: downOf(hub, model.to),
      causes: [...causes],
    };
  });
  let payloads = 0;
  let payloadBytes = 0;
  for (const { event } of log) {
    const size = payloadSize(event);
    if (size === 0) continue;
    payloads++;
    payloadBytes += size;
  }
  return {
    from: model.from,
    to: model.to,
    hubs,
    interruptions: all.length,
    failedStarts: hubs.reduce((sum, hub) => sum + hub.failedStarts, 0),
    growing: model.hubs.some((hub) => downtimesOf(hub).some((one) => one.until === null)),
    down: downtimeFigures(model.hubs, model.to),
    lost: all.reduce((sum, one) => sum + one.pending.filter((call) => call.fate === "lost").length, 0),
    missed: about(all.reduce((sum, one) => sum + (one.missedEstimate ?? 0), 0)),
    dropped: model.dropped,
    cut: model.cut,
    payloads,
    payloadBytes,
  };
}
