/**
 * All events of a recording in memory, from blocks of all its pages. A row is the number of an event in the order of arrival;
 * it never changes. About 40 bytes for an event.
 */
import type { RecordedEvent } from "../events/events.ts";
import type { PageId } from "../ids.ts";
import type { Bytes, EpochMilliseconds } from "../units.ts";
import { callIdOf, CallIds, eventOf, type EventBlock } from "./event-block.ts";
import { HeadList, type EventHead } from "./event-heads.ts";
import { growingFloats, growingIndices } from "./growing.ts";

/** Number of an event in a table. */
export type Row = number;

interface PageEvents {
  lastSeq: number;
  readonly heads: HeadList;
  /** Index of each of the page's heads in the table's list. */
  readonly inTable: number[];
}

export class EventTable {
  readonly #seq = growingFloats();
  readonly #t = growingFloats();
  readonly #size = growingFloats();
  readonly #call = growingFloats();
  readonly #payload = growingIndices();
  readonly #head = growingIndices();
  readonly #ids = new CallIds();
  readonly #heads: EventHead[] = [];
  readonly #pageOfHead: PageId[] = [];
  readonly #pages = new Map<PageId, PageEvents>();

  get length(): number {
    return this.#seq.length;
  }

  /** Makes room for this many events in all. */
  reserve(length: number): void {
    for (const column of [this.#seq, this.#t, this.#size, this.#call, this.#payload, this.#head])
      column.reserve(length);
  }

  /**
   * Adds the events of a block from index `from` on.
   * @returns the first new row
   */
  add(page: PageId, block: EventBlock, from = 0): Row {
    const first = this.length;
    const heads = this.#headsIn(page, block);
    const ids = block.ids.map((id) => this.#ids.toNumber(id));
    this.#seq.append(block.seq.subarray(from, block.length));
    this.#t.append(block.t.subarray(from, block.length));
    this.#size.append(block.size.subarray(from, block.length));
    this.#payload.append(block.payload.subarray(from, block.length));
    for (let i = from; i < block.length; i++) {
      const call = block.call[i] ?? 0;
      this.#call.push(call < 0 ? (ids[-call - 1] ?? 0) : call);
      this.#head.push(heads[block.head[i] ?? 0] ?? 0);
    }
    const own = this.#ofPage(page);
    own.lastSeq = Math.max(own.lastSeq, block.seq[block.length - 1] ?? -1);
    return first;
  }

  /** @returns the place of each head of the block in the table's list */
  #headsIn(page: PageId, block: EventBlock): number[] {
    const own = this.#ofPage(page);
    return block.heads.map((head) => {
      const place = own.heads.add(head);
      const known = own.inTable[place];
      if (known !== undefined) return known;
      own.inTable[place] = this.#heads.push(head) - 1;
      this.#pageOfHead.push(page);
      return this.#heads.length - 1;
    });
  }

  #ofPage(page: PageId): PageEvents {
    const own = this.#pages.get(page) ?? { lastSeq: -1, heads: new HeadList(), inTable: [] };
    this.#pages.set(page, own);
    return own;
  }

  /** The highest seq of a page's events; -1: there are none. */
  lastSeqOf(page: PageId): number {
    return this.#pages.get(page)?.lastSeq ?? -1;
  }

  seqOf(row: Row): number {
    return this.#seq.at(row);
  }

  timeOf(row: Row): EpochMilliseconds {
    return this.#t.at(row);
  }

  /** Of messages; else 0. */
  sizeOf(row: Row): Bytes {
    return this.#size.at(row);
  }

  /** Size of the recorded payload; 0: there is none. */
  payloadSizeOf(row: Row): Bytes {
    return this.#payload.at(row);
  }

  callIdOf(row: Row): string | undefined {
    return callIdOf(this.#call.at(row), this.#ids.texts);
  }

  /** Number of the row's head, from 0: what depends only on the head needs to be computed once. */
  headNumberOf(row: Row): number {
    return this.#head.at(row);
  }

  headOf(row: Row): EventHead {
    return existing(this.#heads[this.#head.at(row)]);
  }

  pageOf(row: Row): PageId {
    return existing(this.#pageOfHead[this.#head.at(row)]);
  }

  /** The event without its payload. */
  eventOf(row: Row): RecordedEvent {
    return eventOf(this.headOf(row), this.seqOf(row), this.timeOf(row), this.sizeOf(row), this.callIdOf(row));
  }
}

function existing<T>(found: T | undefined): T {
  if (found === undefined) throw new RangeError("no such row");
  return found;
}
