/**
 * Delivery to the background, acknowledged: events stay here until the answer says that they are stored. A stopped worker is
 * started by the next message; one that dies before its answer costs a resend, which the store recognises by `seq`.
 */
import type { RecordedEvent, SocketId } from "../extension/core/events.ts";
import type { RecordMode } from "../extension/core/hook-messages.ts";
import { withoutPayload } from "../extension/core/payload.ts";
import type { AppendAnswer, RelayToBackground } from "../extension/messaging/protocol.ts";
import { sendMessage } from "./runtime.ts";

/** Events that wait for their acknowledgement; above it the oldest messages are dropped, and counted. */
const MOST_WAITING = 60_000;
const BATCH = 5_000;
const FIRST_RETRY = 500;
const LONGEST_RETRY = 4_000;
/** A worker that is stopped at the wrong moment can leave a message without an answer and without an error. */
const NO_ANSWER = 10_000;

export interface Delivery {
  /** The hook has seen SignalR. */
  readonly active: boolean;
  add(events: readonly RecordedEvent[]): void;
  /** The page is going away: nothing may wait for an answer. */
  addLast(events: readonly RecordedEvent[]): void;
  /** Resolves when nothing waits, or the first try is over. */
  settled(): Promise<void>;
}

export function createDelivery(page: string, modeChanged: (mode: RecordMode) => void): Delivery {
  let waiting: RecordedEvent[] = [];
  let mode: RecordMode | undefined;
  let busy: Promise<void> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let active = false;
  const open = new Set<SocketId>();

  const append = async (events: readonly RecordedEvent[]): Promise<void> => {
    const message: RelayToBackground = {
      to: "background",
      type: "append",
      page,
      top: window === window.top,
      url: location.href,
      origin: location.origin,
      connections: open.size,
      events,
    };
    const answer = (await answered(sendMessage(message))) as AppendAnswer;
    waiting = waiting.filter((event) => event.seq > answer.upTo);
    if (JSON.stringify(mode) !== JSON.stringify(answer.mode)) {
      mode = answer.mode;
      modeChanged(mode);
    }
  };
  const deliver = async (): Promise<void> => {
    try {
      // The first answer tells what is wanted; until then the hook sends everything, payloads too.
      if (!mode) await append([]);
      while (waiting.length > 0) {
        const batch = waiting.slice(0, BATCH);
        await append(mode?.payloads ? batch : batch.map(withoutPayload));
        if (!mode?.record) waiting = [];
      }
      failures = 0;
    } catch {
      // The worker was stopped before it answered, or the extension is gone. The next events try again; so does time.
      const delay = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** failures++);
      retry = setTimeout(() => void start(), delay);
    }
  };
  const start = (): Promise<void> => {
    clearTimeout(retry);
    busy ??= deliver().finally(() => {
      busy = undefined;
    });
    return busy;
  };
  const keep = (events: readonly RecordedEvent[]): void => {
    active ||= events.length > 0;
    for (const event of events) {
      waiting.push(event);
      follow(open, event);
    }
    if (waiting.length > MOST_WAITING) waiting = dropMessages(waiting);
  };
  return {
    get active() {
      return active;
    },
    add(events) {
      keep(events);
      if (waiting.length > 0) void start();
    },
    addLast(events) {
      keep(events);
      // Not in turn: what is under way and this may overlap, and the store takes each event once.
      for (let i = 0; i < waiting.length; i += BATCH)
        void append(waiting.slice(i, i + BATCH).map(withoutUnwanted)).catch(() => undefined);
    },
    settled: () => start(),
  };

  function withoutUnwanted(event: RecordedEvent): RecordedEvent {
    return mode?.payloads ? event : withoutPayload(event);
  }
}

async function answered(sent: Promise<unknown>): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error("The background does not answer."));
    }, NO_ANSWER);
  });
  return Promise.race([sent, tooLate]).finally(() => {
    clearTimeout(timer);
  });
}

/** Keeps the lifecycle; drops the older half of the messages and says how many. */
function dropMessages(events: readonly RecordedEvent[]): RecordedEvent[] {
  const half = Math.floor(events.length / 2);
  const kept = events.filter((event, i) => i >= half || event.kind !== "message");
  const dropped = events.slice(0, half).findLast((event) => event.kind === "message");
  if (!dropped) return kept;
  const note: RecordedEvent = {
    kind: "dropped",
    where: "relay",
    count: events.length - kept.length,
    seq: dropped.seq,
    t: dropped.t,
  };
  return [...kept, note].sort((a, b) => a.seq - b.seq);
}

/** Which sockets carry a SignalR connection now. */
function follow(open: Set<SocketId>, event: RecordedEvent): void {
  if (event.kind === "socket-opened") open.add(event.socket);
  else if (event.kind === "socket-closed" || event.kind === "socket-closing") open.delete(event.socket);
}
