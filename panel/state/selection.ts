/** The selection: an interruption or a failed start (shown in timeline, list and card) and a message (in list and details). */
import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { downtimesOf } from "../../extension/core/model/downtimes-of.ts";
import type { Trouble, Watched } from "../../extension/core/diagnosis/hang.ts";
import type {
  HubConnectionModel,
  InterruptionModel,
  RecordingModel,
} from "../../extension/core/model/types.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { LogRow } from "./event-log.ts";
import type { LoadedRecording } from "./loaded-recording.ts";

export interface FoundInterruption {
  readonly interruption: InterruptionModel;
  readonly hub: HubConnectionModel;
}

/** An interruption, a failed start or a hang. */
export interface FoundDowntime<D extends Trouble = Trouble> {
  readonly downtime: D;
  readonly hub: HubConnectionModel;
}

export interface Selection {
  readonly downtimeKey: Signal<string | null>;
  readonly message: Signal<LogRow | null>;
  /** The hub connection whose details are shown; null: none was chosen. */
  readonly hubKey: Signal<string | null>;
  /** The hub connection to bring into view on the timeline. A new object requests it again. */
  readonly brought: Signal<{ readonly hubKey: string } | null>;
  /** All interruptions in order of time. */
  readonly interruptions: ReadonlySignal<readonly FoundInterruption[]>;
  /** All interruptions, failed starts and hangs. */
  readonly downtimes: ReadonlySignal<readonly FoundDowntime[]>;
  readonly downtime: ReadonlySignal<FoundDowntime | null>;
  select(found: FoundDowntime): void;
  step(by: number): FoundDowntime | null;
  clear(): void;
}

/** @param since those that had ended by then are skipped */
export function allInterruptions(model: RecordingModel, since: EpochMilliseconds): FoundInterruption[] {
  return model.hubs
    .flatMap((hub) => hub.interruptions.map((interruption) => ({ interruption, hub })))
    .filter(({ interruption: { until } }) => (until ?? Infinity) > since)
    .sort((a, b) => a.interruption.from - b.interruption.from);
}

const allDowntimes = (model: RecordingModel, since: EpochMilliseconds, { hangs }: Watched): FoundDowntime[] =>
  model.hubs
    .flatMap((hub): FoundDowntime[] => downtimesOf(hub).map((downtime) => ({ downtime, hub })))
    .concat(hangs.filter(({ within }) => !within).map((hang) => ({ downtime: hang, hub: hang.hub })))
    .filter(({ downtime: { until } }) => (until ?? Infinity) > since)
    .sort((a, b) => a.downtime.from - b.downtime.from);

/**
 * @param since what had ended by then was cleared
 * @param watched what hangs; of it, that which belongs to no interruption or failed start is listed
 */
export function createSelection(
  loaded: ReadonlySignal<LoadedRecording | null>,
  since: ReadonlySignal<EpochMilliseconds>,
  watched: ReadonlySignal<Watched>,
): Selection {
  const downtimeKey = signal<string | null>(null);
  const message = signal<LogRow | null>(null);
  const hubKey = signal<string | null>(null);
  const brought = signal<{ readonly hubKey: string } | null>(null);
  const found = <T>(
    all: (model: RecordingModel, since: EpochMilliseconds) => readonly T[],
  ): ReadonlySignal<readonly T[]> =>
    computed(() => {
      const recording = loaded.value;
      return !recording || recording.version.value === 0 ? [] : all(recording.model, since.value);
    });
  const interruptions = found(allInterruptions);
  const downtimes = found((model, from) => allDowntimes(model, from, watched.value));
  // If none was chosen, the newest is shown.
  const downtime = computed(() => {
    const key = downtimeKey.value;
    if (key === null) return downtimes.value.at(-1) ?? null;
    return downtimes.value.find((one) => one.downtime.key === key) ?? null;
  });
  const select = ({ downtime: { key }, hub }: FoundDowntime): void => {
    batch(() => {
      downtimeKey.value = key;
      brought.value = { hubKey: hub.key };
    });
  };
  return {
    downtimeKey,
    message,
    hubKey,
    brought,
    interruptions,
    downtimes,
    downtime,
    select,
    step(by) {
      const list = downtimes.peek();
      const at = list.findIndex((one) => one.downtime === downtime.peek()?.downtime);
      const next = list[Math.max(0, Math.min(list.length - 1, at + by))] ?? null;
      if (next) select(next);
      return next;
    },
    clear() {
      batch(() => {
        downtimeKey.value = null;
        message.value = null;
        hubKey.value = null;
        brought.value = null;
      });
    },
  };
}
