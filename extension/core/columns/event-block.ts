/**
 * A batch of events in columns. A hub message is five numbers and an index into the heads; all other events are rare, and are
 * whole in their heads. It consists of plain data: it can be stored and sent to a worker as it is.
 */
import type { RecordedEvent } from "../events/events.ts";
import { payloadSize } from "../events/payload.ts";
import type { Bytes } from "../units.ts";
import { PayloadList, type PayloadBlock } from "./payload-block.ts";
import { HeadList, isMessageHead, type EventHead } from "./event-heads.ts";

export interface EventBlock {
  readonly length: number;
  readonly seq: Float64Array;
  readonly t: Float64Array;
  /** Index into `heads`. */
  readonly head: Uint32Array;
  /** Of messages: size in bytes; else 0. */
  readonly size: Float64Array;
  /** Of messages: the call id, see `CallIds`; else 0. */
  readonly call: Float64Array;
  /** Size of the payload, which is stored apart; 0: none. */
  readonly payload: Float64Array;
  readonly heads: readonly EventHead[];
  /** Call ids that aren't numbers. */
  readonly ids: readonly string[];
}

export interface PackedEvents {
  readonly block: EventBlock;
  readonly payloads: PayloadBlock;
}

/** Clients count their calls: so nearly all ids are numbers. 0: none; n + 1: the number n; -n: the nth text. */
export class CallIds {
  readonly texts: string[] = [];
  readonly #known = new Map<string, number>();

  toNumber(id: string | undefined): number {
    if (id === undefined) return 0;
    const number = Number(id);
    if (number >= 0 && Number.isSafeInteger(number) && String(number) === id) return number + 1;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const code = -this.texts.push(id);
    this.#known.set(id, code);
    return code;
  }
}

/** @returns undefined: it has no call id */
export const callIdOf = (code: number, texts: readonly string[]): string | undefined =>
  code > 0 ? String(code - 1) : code < 0 ? texts[-code - 1] : undefined;

/** @param events in order of seq */
export function packEvents(events: readonly RecordedEvent[]): PackedEvents {
  const { length } = events;
  const heads = new HeadList();
  const ids = new CallIds();
  const payloads = new PayloadList();
  const block = {
    length,
    seq: new Float64Array(length),
    t: new Float64Array(length),
    head: new Uint32Array(length),
    size: new Float64Array(length),
    call: new Float64Array(length),
    payload: new Float64Array(length),
    heads: heads.list,
    ids: ids.texts,
  };
  for (let i = 0; i < length; i++) {
    const event = events[i];
    if (!event) continue;
    block.seq[i] = event.seq;
    block.t[i] = event.t;
    block.head[i] = heads.addHeadOf(event);
    if (event.kind !== "message") continue;
    block.size[i] = event.size;
    block.call[i] = ids.toNumber(event.invocationId);
    block.payload[i] = payloadSize(event);
    payloads.add(event);
  }
  return { block, payloads: payloads.toBlock() };
}

/** The event without its payload. */
export function eventOf(
  head: EventHead,
  seq: number,
  t: number,
  size: Bytes,
  invocationId: string | undefined,
): RecordedEvent {
  if (!isMessageHead(head)) return { ...head, seq, t };
  return invocationId === undefined ? { ...head, seq, t, size } : { ...head, seq, t, size, invocationId };
}
