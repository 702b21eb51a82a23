/**
 * Delivery to the background, acknowledged: events stay here until the answer says that they are stored. A stopped worker is
 * started by the next message; if it stops before its answer, the events are sent again, and the store recognises them by
 * `seq`. The answers also contain the recording mode: the relay has no other source for it.
 */
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import type { SocketId } from "../../extension/core/ids.ts";
import type { RecordMode } from "../../extension/messages/hook-relay.ts";
import { withPayloadCap, withoutPayload } from "../../extension/core/events/payload.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { AppendAnswer, RelayToBackground } from "../../extension/messages/extension.ts";
import type { Runtime } from "./runtime.ts";
import { withoutProbe } from "./without-probe.ts";
import { WaitingEvents, type Room } from "./waiting-events.ts";

/** Limits the events that wait for their acknowledgement. */
const WAITING: Room = { events: 60_000, bytes: 32 * 1024 * 1024 };
/** Chromium rejects messages above 64 MiB of JSON. */
const LARGEST_EVENT = 16 * 1024 * 1024;
const BATCH: Room = { events: 5_000, bytes: 4 * 1024 * 1024 };
const FIRST_RETRY: Milliseconds = 500;
const LONGEST_RETRY: Milliseconds = 4_000;
/** A full disk stays full for a while. */
const RETRY_WHEN_FULL: Milliseconds = 30_000;
/** A worker that is stopped at the wrong moment can leave a message without an answer and without an error. */
const NO_ANSWER: Milliseconds = 10_000;
/** How often a single event may fail before it is dropped. The background may be stopped several times in a row. */
export const MAX_TRIES = 8;
/** Limits the address: that of a `data:` page contains the whole page. */
const LONGEST_URL = 2_000;

export interface Delivery {
  /** Id of the current recording, or of the next one. */
  readonly page: string;
  /** The hook has seen SignalR. */
  readonly active: boolean;
  add(events: readonly RecordedEvent[]): void;
  /** The page is going away: nothing may wait for an answer. */
  addLast(events: readonly RecordedEvent[]): void;
  /** Settings or panel have changed: asks for the mode. */
  askMode(): void;
  /** Resolves when nothing waits any more, or delivery has failed once. */
  settled(): Promise<void>;
}

export interface DeliveryOptions {
  /** Creates a recording's id. A document has one recording for each time that recording was switched on. */
  readonly newPage: () => string;
  readonly runtime: Pick<Runtime, "send" | "isAlive">;
  /** Of this document, as it is now. */
  readonly about: () => Pick<RelayToBackground, "top" | "url" | "origin">;
  readonly modeChanged: (mode: RecordMode) => void;
  /** The extension has left this page: nothing can be delivered any more. */
  readonly orphaned: () => void;
}

export function createDelivery({
  newPage,
  runtime,
  about,
  modeChanged,
  orphaned,
}: DeliveryOptions): Delivery {
  const waiting = new WaitingEvents(WAITING, LARGEST_EVENT);
  /** The newest recording of this document and those with waiting events, each with its first `seq`. */
  let pages = [{ id: newPage(), from: 0 }];
  let mode: RecordMode | undefined;
  let modeIsOld = true;
  let busy: Promise<void> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let room = BATCH;
  let tries = 0;
  let active = false;
  let left = false;
  let over = false;
  let full = false;
  /**
   * True after recording was switched off: events that the hook sends before it knows that belong to no recording, even if
   * recording is on again by then.
   */
  let skipping = false;
  /** The last events of a page are delivered with earlier ones that arrive twice: these are recognised by their `seq`. */
  let lastSeq = 0;
  const open = new Set<SocketId>();

  const append = async (events: readonly RecordedEvent[], after?: number): Promise<AppendAnswer> => {
    const { url, ...rest } = about();
    const page = pageOf(events[0]?.seq);
    const message: RelayToBackground = {
      to: "background",
      type: "append",
      page,
      ...rest,
      url: url.slice(0, LONGEST_URL),
      connections: left ? 0 : open.size,
      events: events.map(wanted),
      ...(after === undefined ? {} : { after }),
    };
    const answer = await answered(runtime.send(message));
    // The last events of the next recording may be stored before those of this one. Then these still wait, and the others are
    // sent again.
    if (events.length > 0 && page === pageOf(waiting.first)) waiting.stored(answer.upTo);
    return answer;
  };
  const learn = (told: RecordMode): void => {
    if (JSON.stringify(mode) === JSON.stringify(told)) return;
    mode = told;
    if (!told.record) {
      waiting.clear();
      skipping = true;
    } else if (!told.probe) waiting.refine(withoutProbe);
    modeChanged(told);
  };
  /** @returns the delay before the next step; undefined: none */
  const step = async (): Promise<Milliseconds | undefined> => {
    let batch: readonly RecordedEvent[] = [];
    try {
      if (modeIsOld) {
        modeIsOld = false;
        learn((await append([])).mode);
        failures = 0;
      }
      batch = waiting.take(room);
      if (batch.length === 0) return undefined;
      const answer = await append(batch);
      // While recording is off these events aren't stored, and need not wait.
      if (!answer.mode.record) waiting.stored(batch.at(-1)?.seq ?? 0);
      learn(answer.mode);
      if (answer.full) {
        full = true;
        return RETRY_WHEN_FULL;
      }
      tries = 0;
      failures = 0;
      room = {
        events: Math.min(BATCH.events, room.events * 2),
        bytes: Math.min(BATCH.bytes, room.bytes * 2),
      };
      return undefined;
    } catch {
      modeIsOld = true;
      const delay = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** failures);
      failures = Math.min(10, failures + 1);
      if (batch.length > 0) shrink(batch.length);
      return delay;
    } finally {
      waiting.returned();
    }
  };
  /**
   * Delivery of these events failed: the background may have been stopped, or it can't take them. So a smaller batch is tried
   * next.
   */
  const shrink = (length: number): void => {
    room = { events: Math.ceil(length / 2), bytes: Math.ceil(room.bytes / 2) };
    tries = length > 1 ? 0 : tries + 1;
    if (tries < MAX_TRIES) return;
    tries = 0;
    waiting.giveUpFirst();
  };
  const deliver = async (): Promise<void> => {
    while (isAlive() && (modeIsOld || waiting.count > 0)) {
      const delay = await step();
      if (delay === undefined) continue;
      if (isAlive()) retry = setTimeout(again, delay);
      return;
    }
  };
  const again = (): void => {
    full = false;
    void start();
  };
  const start = (): Promise<void> => {
    // While the disk is full, new events don't start a delivery: only the timer does.
    if (full) return Promise.resolve();
    clearTimeout(retry);
    busy ??= deliver().finally(() => {
      busy = undefined;
    });
    return busy;
  };
  /** A relay without its extension releases everything. */
  const isAlive = (): boolean => {
    if (over || runtime.isAlive()) return !over;
    over = true;
    clearTimeout(retry);
    waiting.clear();
    orphaned();
    return false;
  };
  const keep = (events: readonly RecordedEvent[]): void => {
    active ||= events.length > 0;
    for (const event of events) {
      if (event.seq <= lastSeq) continue;
      lastSeq = event.seq;
      follow(open, event);
      if (event.kind === "lifecycle" && event.phase.startsWith("page")) left = event.phase === "pagehide";
      const ends = event.kind === "recording-ended";
      const wanted = mode?.probe === false ? withoutProbe(event) : event;
      if (ends || (event.kind === "page" && mode?.record !== false)) skipping = false;
      if (wanted && !skipping) waiting.add([wanted]);
      if (ends) beginNext(event.seq + 1);
    }
  };
  const beginNext = (from: number): void => {
    open.clear();
    pages = pages.filter((_, i) => (pages[i + 1]?.from ?? Infinity) > (waiting.first ?? from));
    pages.push({ id: newPage(), from });
  };
  const pageOf = (seq = Infinity): string => pages.findLast(({ from }) => from <= seq)?.id ?? "";
  return {
    get page() {
      return pageOf();
    },
    get active() {
      return active;
    },
    add(events) {
      if (!isAlive()) return;
      keep(events);
      if (waiting.count > 0) void start();
    },
    addLast(events) {
      if (!isAlive()) return;
      keep(events);
      // Doesn't wait for a running delivery: both may contain the same events, and the store takes each event once.
      let after: number | undefined;
      for (const piece of waiting.pieces(BATCH)) {
        append(piece, piece[0]?.kind === "page" ? undefined : after).catch(() => undefined);
        after = piece.at(-1)?.seq;
      }
    },
    askMode() {
      modeIsOld = true;
      if (active) again();
    },
    settled: () => start(),
  };

  /** Needed because the hook sends everything until it knows the mode. */
  function wanted(event: RecordedEvent): RecordedEvent {
    return mode?.payloads ? withPayloadCap(event, mode.payloadCap) : withoutPayload(event);
  }
}

/** Rejects when there is no answer, or not in time. */
async function answered<T>(sent: Promise<T | undefined>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error("The background does not answer."));
    }, NO_ANSWER);
  });
  const answer = await Promise.race([sent, tooLate]).finally(() => {
    clearTimeout(timer);
  });
  if (answer === undefined) throw new Error("Nobody answers.");
  return answer;
}

/** Which sockets carry a SignalR connection now. */
function follow(open: Set<SocketId>, event: RecordedEvent): void {
  if (event.kind === "socket-opened") open.add(event.socket);
  else if (event.kind === "socket-closed" || event.kind === "socket-closing") open.delete(event.socket);
}
