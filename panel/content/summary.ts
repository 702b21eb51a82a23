/** The key figures at the start of a report. The panel shows them before it exports one. Pure. */
import { isForGood } from "../../extension/wording/so-far.ts";
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import type { Hang, LongWait } from "../../extension/core/diagnosis/hang.ts";
import { ownHangs, watchdogs } from "../../extension/core/diagnosis/hangs.ts";
import type { CauseName } from "../../extension/core/diagnosis/verdict.ts";
import { downOf, downtimeFigures } from "../../extension/core/model/downtime.ts";
import { foundLost } from "../../extension/core/model/found-lost.ts";
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
  readonly hangs: number;
  readonly down: Milliseconds;
  readonly causes: readonly (readonly [CauseName, number])[];
}

export interface Summary {
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly hubs: readonly HubSummary[];
  readonly interruptions: number;
  readonly failedStarts: number;
  /** Number of connections that hang at the end of the recording. */
  readonly hanging: number;
  /** Steps that take long then, and don't count as a hang yet. */
  readonly waiting: readonly LongWait[];
  /** Number of hangs that ended, and belong to no interruption or failed start. */
  readonly hangsEnded: number;
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

/** @param watched what hangs; found at the end of the recording when absent */
export function summarise(model: RecordingModel, watched = watchdogs(model, model.to)): Summary {
  const all = model.hubs.flatMap((hub) => hub.interruptions);
  const own = ownHangs(watched);
  const hanging = new Set(
    watched.hangs.filter(({ outcome }) => outcome === "waiting").map(({ hubKey }) => hubKey),
  );
  const hubs = model.hubs.map((hub) =>
    hubSummary(
      hub,
      own.filter(({ hubKey }) => hubKey === hub.key),
      model.to,
    ),
  );
  return {
    from: model.from,
    to: model.to,
    hubs,
    interruptions: all.length,
    failedStarts: hubs.reduce((sum, hub) => sum + hub.failedStarts, 0),
    hanging: hanging.size,
    waiting: watched.waiting.filter(({ hub }) => !hanging.has(hub.key)),
    hangsEnded: own.filter(({ outcome }) => outcome !== "waiting").length,
    growing: model.hubs.some(
      (hub) =>
        foundLost(hub)?.until === null ||
        downtimesOf(hub).some((one) => one.until === null && !isForGood(one)),
    ),
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

function hubSummary(hub: HubConnectionModel, hangs: readonly Hang[], to: EpochMilliseconds): HubSummary {
  const causes = new Map<CauseName, number>();
  for (const one of [...downtimesOf(hub), ...hangs]) {
    const { cause } = verdictOf(one);
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  return {
    key: hub.key,
    name: hubName(hub),
    interruptions: hub.interruptions.length,
    failedStarts: hub.failedStarts.length,
    hangs: hangs.length,
    down: downOf(hub, to),
    causes: [...causes],
  };
}

const totalOf = ({ hubs }: RecordingModel, field: "messages" | "swallowed"): number =>
  hubs.reduce((sum, { totals }) => sum + totals.in[field] + totals.out[field], 0);
