/**
 * The head of an event: all of it except what differs in nearly every message (number, time, size, call id, payload). Messages
 * of one kind share a head: a recording of a million messages has some hundred heads.
 */
import type { HubMessage, RecordedEvent } from "../events/events.ts";
import type { Bytes, EpochMilliseconds } from "../units.ts";

type HeadOf<E> = E extends HubMessage
  ? Omit<E, "seq" | "t" | "size" | "invocationId" | "payload" | "binary">
  : E extends RecordedEvent
    ? Omit<E, "seq" | "t">
    : never;

export type EventHead = HeadOf<RecordedEvent>;
export type MessageHead = HeadOf<HubMessage>;

/** A message of a table without its payload, and without making an object of all its fields. */
export interface TableMessage {
  readonly head: MessageHead;
  readonly t: EpochMilliseconds;
  readonly size: Bytes;
  readonly invocationId: string | undefined;
}

export const isMessageHead = (head: EventHead): head is MessageHead => head.kind === "message";

export function headOf(event: RecordedEvent): EventHead {
  if (event.kind === "message") {
    const {
      seq: _seq,
      t: _t,
      size: _size,
      invocationId: _id,
      payload: _payload,
      binary: _binary,
      ...head
    } = event;
    return head;
  }
  const { seq: _seq, t: _t, ...head } = event;
  return head;
}

/** Tells equal heads of messages apart from others. */
export const keyOfMessage = (head: MessageHead): string => keyOfPlain(head) ?? JSON.stringify(head);

/** Most heads differ only in a few fields: their key is made faster than JSON. null: this one has others, too. */
function keyOfPlain(head: MessageHead | HubMessage): string | null {
  const { socket, direction, type, target, fault, swallowed, counted, truncated } = head;
  const isPlain =
    head.streamIds === undefined &&
    head.error === undefined &&
    head.allowReconnect === undefined &&
    head.sequenceId === undefined &&
    head.problem === undefined &&
    head.problemAt === undefined;
  if (!isPlain) return null;
  const marks = `${fault ?? ""},${flag(swallowed)}${flag(counted)}${flag(truncated)}`;
  return `${socket},${direction},${type},${marks}${target === undefined ? "" : `,${target}`}`;
}

const flag = (value: boolean | undefined): string => (value === undefined ? "-" : value ? "1" : "0");

/** A list of heads, in which equal heads of messages are stored once. */
export class HeadList {
  readonly list: EventHead[] = [];
  readonly #messages = new Map<string, number>();

  /** @returns the head's index in the list */
  add(head: EventHead): number {
    return isMessageHead(head) ? this.#place(keyOfMessage(head), () => head) : this.list.push(head) - 1;
  }

  /** The same for a whole event. A head that is in the list already isn't made again. */
  addHeadOf(event: RecordedEvent): number {
    const key = event.kind === "message" ? keyOfPlain(event) : null;
    return key === null ? this.add(headOf(event)) : this.#place(key, () => headOf(event));
  }

  #place(key: string, head: () => EventHead): number {
    const known = this.#messages.get(key);
    if (known !== undefined) return known;
    this.#messages.set(key, this.list.length);
    return this.list.push(head()) - 1;
  }
}
