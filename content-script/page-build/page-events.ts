/** The recording of this document: its events, for the file, and the model made from them. */
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { checkEvents } from "../../extension/core/events/guards.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import type { PageId } from "../../extension/core/ids.ts";
import { payloadSize, withoutPayload } from "../../extension/core/events/payload.ts";
import type { Bytes } from "../../extension/core/units.ts";

/** Limits messages, so that a test with many of them doesn't fill the page's memory. Lifecycle events are always kept. */
const MAX_MESSAGES = 200_000;
/** Beyond this, messages are kept without their payloads. */
const MAX_PAYLOADS: Bytes = 64 * 1024 * 1024;

export interface PageEvents {
  readonly page: PageId;
  readonly events: readonly RecordedEvent[];
  readonly model: RecordingModel;
  /** @returns how many messages were dropped */
  add(events: readonly RecordedEvent[]): number;
  /** Resolves when something is added after this call. */
  changed(): Promise<void>;
}

export function collectEvents(page: PageId): PageEvents {
  const events: RecordedEvent[] = [];
  const reducer = createReducer();
  let waiting: (() => void)[] = [];
  let messages = 0;
  let payloads = 0;
  const fitting = (event: RecordedEvent): RecordedEvent => {
    const size = payloadSize(event);
    if (payloads + size > MAX_PAYLOADS) return { ...withoutPayload(event), truncated: true } as RecordedEvent;
    payloads += size;
    return event;
  };
  return {
    page,
    events,
    model: reducer.model,
    add(given) {
      const checked = checkEvents(given);
      const added = checked
        .filter(({ kind }) => kind !== "message" || ++messages <= MAX_MESSAGES)
        .map((event) => (event.kind === "message" ? fitting(event) : event));
      for (const event of added) events.push(event);
      reducer.apply(page, added);
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
      return checked.length - added.length;
    },
    changed: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
  };
}
