/** In the monitor's build in place of `core/columns/event-table.ts`: the events of one page, in a list. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { EventBlock } from "./event-block.ts";

type Row = number;

export class EventTable {
  readonly #events: RecordedEvent[] = [];

  get length(): number {
    return this.#events.length;
  }

  add(_page: PageId, { events }: EventBlock, from: number): Row {
    return this.#events.push(...events.slice(from)) - (events.length - from);
  }

  /** The head of an event is all of it, and more is never asked for. */
  headOf(row: Row): RecordedEvent {
    return this.eventOf(row);
  }

  seqOf(row: Row): number {
    return this.eventOf(row).seq;
  }

  timeOf(row: Row): number {
    return this.eventOf(row).t;
  }

  sizeOf(row: Row): number {
    const event = this.eventOf(row);
    return event.kind === "message" ? event.size : 0;
  }

  payloadSizeOf(): number {
    return 0;
  }

  callIdOf(row: Row): string | undefined {
    const event = this.eventOf(row);
    return event.kind === "message" ? event.invocationId : undefined;
  }

  eventOf(row: Row): RecordedEvent {
    const event = this.#events[row];
    if (!event) throw new RangeError("no such row");
    return event;
  }
}
