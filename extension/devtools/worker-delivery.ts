/**
 * Delivery of one worker's events to the background, acknowledged as a relay's are: what isn't stored is sent again with the
 * next events.
 */
import browser, { type Runtime } from "webextension-polyfill";
import { sizeOfEvents } from "../core/events/event-size.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import { omitUndefined } from "../core/omit-undefined.ts";
import type { Bytes } from "../core/units.ts";
import {
  WORKER_ENDED,
  portNameOfWorker,
  type AppendAnswer,
  type RelayToBackground,
} from "../messages/extension.ts";
import type { RecordMode } from "../messages/hook-relay.ts";
import { newPageId } from "../messages/page-id.ts";

const BATCH: Bytes = 4 * 1024 * 1024;
const MAX_IN_BATCH = 2_000;
/** Limits what waits while the background doesn't answer. */
const MAX_WAITING = 40_000;

export interface WorkerDelivery {
  add(events: readonly RecordedEvent[]): void;
  /**
   * Sends what isn't stored yet.
   * @param connections that are open now
   */
  send(connections: number): Promise<RecordMode | undefined>;
  /** Events that aren't stored yet. */
  readonly waits: boolean;
  /** Its last event is stored. */
  end(): void;
}

export interface DeliveryPlace {
  readonly tabId: number;
  /** undefined: that of the tab's page, as it is when the first events are stored. */
  readonly recording: PageId | undefined;
  /** Of the page. */
  readonly origin: string;
  readonly url: string;
}

export function createWorkerDelivery({ tabId, recording, origin, url }: DeliveryPlace): WorkerDelivery {
  const page = newPageId();
  let waiting: RecordedEvent[] = [];
  let port: Runtime.Port | undefined;
  let over = false;

  /** Lost when the background is stopped: the next events open another. */
  const keepPort = (): void => {
    if (port || over) return;
    port = browser.runtime.connect({ name: portNameOfWorker(page) });
    port.onDisconnect.addListener(() => {
      port = undefined;
    });
  };
  const append = (
    events: readonly RecordedEvent[],
    connections: number,
  ): Promise<AppendAnswer | undefined> => {
    const message: RelayToBackground = {
      to: "background",
      type: "append",
      page,
      top: false,
      url,
      origin,
      connections,
      events,
      worker: { tabId, ...omitUndefined({ recording }) },
    };
    return browser.runtime.sendMessage<RelayToBackground, AppendAnswer | undefined>(message);
  };
  return {
    add(events) {
      waiting = [...waiting, ...events];
      if (waiting.length > MAX_WAITING) waiting = cut(waiting);
    },
    async send(connections) {
      keepPort();
      let mode: RecordMode | undefined;
      while (waiting.length > 0) {
        const batch = beginningOf(waiting);
        const answer = await append(batch, connections);
        if (!answer || answer.full) break;
        ({ mode } = answer);
        const upTo = mode.record ? answer.upTo : (batch.at(-1)?.seq ?? 0);
        const before = waiting.length;
        waiting = waiting.filter(({ seq }) => seq > upTo);
        if (waiting.length === before) break;
      }
      return mode;
    },
    get waits() {
      return waiting.length > 0;
    },
    end() {
      over = true;
      // Otherwise the background writes an end.
      port?.postMessage(WORKER_ENDED);
      port?.disconnect();
    },
  };
}

/** As many as one message may carry, at least one. */
function beginningOf(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const batch: RecordedEvent[] = [];
  let size = 0;
  for (const event of events.slice(0, MAX_IN_BATCH)) {
    size += sizeOfEvents([event]);
    if (batch.length > 0 && size > BATCH) break;
    batch.push(event);
  }
  return batch;
}

/** Messages go first; in their place an event says how many. */
function cut(events: readonly RecordedEvent[]): RecordedEvent[] {
  const gone = events.filter(({ kind }) => kind === "message");
  const last = gone.at(-1);
  if (!last) return events.slice(0, MAX_WAITING);
  const { seq, t } = last;
  const note: RecordedEvent = { kind: "dropped", where: "relay", count: gone.length, seq, t };
  return events.flatMap((event) => (event === last ? [note] : event.kind === "message" ? [] : [event]));
}
