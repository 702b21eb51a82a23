/**
 * For busy connections: messages are counted per second, and the last thousand envelopes are kept in a ring buffer that is
 * recorded when something breaks. Nothing is allocated per message. Where payloads are recorded a page has to be much
 * busier for that, and loses its payloads first.
 */
import { CLOSE, SEQUENCE } from "../../../extension/core/protocol/terms.ts";
import type { MessageCount } from "../../../extension/core/events/events.ts";
import type { Direction, MessageType } from "../../../extension/core/protocol/terms.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import type { MessageHead } from "../../../extension/core/protocol/message-heads.ts";
import { MessageDraft } from "./message-draft.ts";
import type { Recorder } from "./recorder.ts";
import { nativeTimeout, now, ownMethods } from "../../sentinel/shared-with-hook.ts";

const RING = 1_000;
const STREAM_ITEM = 2;
const SECOND = 1_000;
const TYPES = 10;

interface Ring {
  readonly times: Float64Array;
  readonly sockets: Uint32Array;
  readonly sizes: Uint32Array;
  /** Type, plus `TYPES` for "out". */
  readonly kinds: Uint8Array;
  readonly targets: (string | undefined)[];
  readonly ids: (string | undefined)[];
}

/** Created with the first connection: a page without SignalR needs no memory for it. */
let made: Ring | undefined;
const theRing = (): Ring =>
  (made ??= {
    times: new Float64Array(RING),
    sockets: new Uint32Array(RING),
    sizes: new Uint32Array(RING),
    kinds: new Uint8Array(RING),
    targets: new Array<string | undefined>(RING),
    ids: new Array<string | undefined>(RING),
  });
let next = 0;
let filled = 0;
export interface FlightRecorder {
  /** Whether a message at this time is in a second that is counted. */
  counts(t: number): boolean;
  /** @returns true: the message was counted here; false: it has to be recorded individually */
  take(direction: Direction, t: number, message: MessageHead, size: number): boolean;
  /** Something broke: records the current second and this socket's part of the ring. */
  writeOut(): void;
}

/** Each records the current second of a connection. */
const open = ownMethods(new Set<(recorded?: boolean) => void>());

/** The page is left: records what was counted so far. */
export function writeOpenCounts(): void {
  for (const write of open) write();
}

/** Another recording begins: discards what was counted before. */
export function forgetFlights(): void {
  for (const forget of open) forget(false);
  filled = 0;
}

export function createFlightRecorder(socket: SocketId, recorder: Recorder): FlightRecorder {
  const { times, sockets, sizes, kinds, targets, ids } = theRing();
  const { room } = recorder;
  let secondFrom = 0;
  let inSecond = 0;
  let countingFrom = 0;
  let last = 0;
  const counts = new Uint32Array(TYPES * 2);
  const bytes = new Float64Array(TYPES * 2);

  const writeCounts = (recorded = true): void => {
    recorder.postponed.readAll();
    if (countingFrom === 0) return;
    const list: MessageCount[] = [];
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i] ?? 0;
      if (count === 0) continue;
      list.push({
        direction: i < TYPES ? "in" : "out",
        type: (i % TYPES) as MessageType,
        count,
        bytes: bytes[i] ?? 0,
      });
    }
    counts.fill(0);
    bytes.fill(0);
    if (list.length > 0 && recorded)
      recorder.record({ kind: "counts", socket, t: countingFrom, until: last, counts: list });
    countingFrom = 0;
    open.delete(writeCounts);
  };
  let timer: number | undefined;
  const writeDue = (): void => {
    timer = undefined;
    if (countingFrom === 0) return;
    // A timer may fire a little early, and its second may already be recorded.
    const left = countingFrom + SECOND - now();
    if (left > 0) timer = nativeTimeout(writeDue, left + 1);
    else writeCounts();
  };

  return {
    counts: (t) => countingFrom !== 0 && t - secondFrom < SECOND,
    take(direction, t, { type, target, invocationId }, size) {
      const { payloads, flightRecorderRate } = recorder.mode;
      if (t - secondFrom >= SECOND) {
        // The second after one above the rate is counted from its beginning.
        const busy = !payloads && inSecond > flightRecorderRate && t - secondFrom < 2 * SECOND;
        writeCounts();
        secondFrom = t;
        inSecond = 0;
        if (busy) beginCounting(t);
      }
      inSecond++;
      if (payloads) {
        // Calls are always recorded, and a few messages of each connection in each second.
        const always = (invocationId !== undefined && type !== STREAM_ITEM) || inSecond <= flightRecorderRate;
        if (room.take(t, size, always, countingFrom > 0)) {
          // What was counted comes first.
          writeCounts();
          return false;
        }
      } else if (countingFrom === 0 && inSecond <= flightRecorderRate) return false;
      if (countingFrom === 0) beginCounting(t);
      // Close and Sequence messages change the connection's state: they are always recorded individually.
      if (type === CLOSE || type === SEQUENCE) return false;
      const index = type + (direction === "in" ? 0 : TYPES);
      counts[index] = (counts[index] ?? 0) + 1;
      bytes[index] = (bytes[index] ?? 0) + size;
      last = t;
      times[next] = t;
      sockets[next] = socket;
      sizes[next] = size;
      kinds[next] = index;
      targets[next] = target;
      ids[next] = invocationId;
      next = (next + 1) % RING;
      if (filled < RING) filled++;
      return true;
    },
    writeOut() {
      writeCounts();
      writeRing(socket, recorder);
    },
  };

  function beginCounting(t: number): void {
    countingFrom = t;
    last = t;
    open.add(writeCounts);
    // In case no further message ends the second.
    timer ??= nativeTimeout(writeDue, SECOND);
  }
}

function writeRing(socket: SocketId, recorder: Recorder): void {
  const { times, sockets, sizes, kinds, targets, ids } = theRing();
  for (let i = 0; i < filled; i++) {
    const at = (next - filled + i + RING) % RING;
    if (sockets[at] !== socket) continue;
    sockets[at] = 0;
    const kind = kinds[at] ?? 0;
    const message = new MessageDraft(
      times[at] ?? 0,
      socket,
      kind < TYPES ? "in" : "out",
      (kind % TYPES) as MessageType,
      sizes[at] ?? 0,
    );
    message.counted = true;
    const target = targets[at];
    const id = ids[at];
    if (target !== undefined) message.target = target;
    if (id !== undefined) message.invocationId = id;
    recorder.recordMessage(message);
  }
}
