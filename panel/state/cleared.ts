/**
 * Clearing empties what is shown, as in the browsers' own panels: what was before isn't shown any more, and stays stored.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import { messagesIn } from "./messages/messages-in.ts";
import { rowAt } from "./event-log.ts";
import type { LoadedRecording } from "./loaded-recording.ts";

export interface Cleared {
  /** What was before isn't shown; 0: everything is. */
  readonly at: ReadonlySignal<EpochMilliseconds>;
  /** The connections that were there since. */
  readonly hubs: ReadonlySignal<readonly HubConnectionModel[]>;
  /** Hub messages since. */
  readonly messages: ReadonlySignal<number>;
  set(recording: PageId, at: EpochMilliseconds): void;
}

export function createCleared(loaded: ReadonlySignal<LoadedRecording | null>): Cleared {
  const times = signal<ReadonlyMap<PageId, EpochMilliseconds>>(new Map());
  const at = computed(() => times.value.get(loaded.value?.id ?? "") ?? 0);
  /** The model stays the same object: its version tells that it changed. */
  const follow = <T>(read: (recording: LoadedRecording) => T, none: T): ReadonlySignal<T> =>
    computed(() => {
      const recording = loaded.value;
      return recording && recording.version.value > 0 ? read(recording) : none;
    });
  return {
    at,
    hubs: follow<readonly HubConnectionModel[]>(
      ({ model }) => model.hubs.filter((hub) => isSince(hub, at.value)),
      [],
    ),
    messages: follow(({ model, log }) => {
      if (at.value === 0) return model.messages;
      let sum = 0;
      for (let i = rowAt(log, at.value); i < log.length; i++) {
        const row = log[i];
        if (row) sum += messagesIn(row, () => true) ?? 0;
      }
      return sum;
    }, 0),
    set(recording, time) {
      times.value = new Map([...times.peek(), [recording, time]]);
    },
  };
}

/** It was still there at that time, or came later. */
function isSince({ states }: HubConnectionModel, at: EpochMilliseconds): boolean {
  const last = states.at(-1);
  if (at === 0 || !last || last.from > at) return true;
  if (last.until !== null) return last.until > at;
  return last.state !== "stopped" && last.state !== "disconnected";
}
