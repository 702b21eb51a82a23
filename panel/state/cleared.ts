/** What the clear button hides: as in the browsers' own panels, earlier events aren't shown any more, but stay stored. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import { messagesIn } from "./messages/messages-in.ts";
import type { LoadedRecording } from "./loaded-recording.ts";

export interface Cleared {
  /** Events before this time are hidden; 0: none. */
  readonly at: ReadonlySignal<EpochMilliseconds>;
  /** Connections that existed after that time. */
  readonly hubs: ReadonlySignal<readonly HubConnectionModel[]>;
  /** Number of hub messages after that time. */
  readonly messages: ReadonlySignal<number>;
  set(recording: PageId, at: EpochMilliseconds): void;
}

export function createCleared(loaded: ReadonlySignal<LoadedRecording | null>): Cleared {
  const times = signal<ReadonlyMap<PageId, EpochMilliseconds>>(new Map());
  const at = computed(() => times.value.get(loaded.value?.id ?? "") ?? 0);
  /** The model stays the same object; its version shows that it changed. */
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
      for (let i = log.indexFrom(at.value); i < log.length; i++)
        sum += messagesIn(model.events, log.rowAt(i), null) ?? 0;
      return sum;
    }, 0),
    set(recording, time) {
      times.value = new Map([...times.peek(), [recording, time]]);
    },
  };
}

/** Whether it existed at that time or later. */
function isSince({ states }: HubConnectionModel, at: EpochMilliseconds): boolean {
  const last = states.at(-1);
  if (at === 0 || !last || last.from > at) return true;
  if (last.until !== null) return last.until > at;
  return last.state !== "stopped" && last.state !== "disconnected";
}
