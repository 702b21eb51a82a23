/**
 * The messages of a hub connection as rows of the recording's event table. Their order is defined only here: by time, and by
 * seq for equal times. Nearly every row is added at the end. Messages from the flight recorder's ring arrive late: they have
 * the newest seq but belong before later messages. Readers that keep an index into the list must check `lateRows`.
 */
import type { EventTable, Row } from "../columns/event-table.ts";
import { isMessageHead, type MessageHead } from "../columns/event-heads.ts";
import { growingFloats, growingIndices } from "../columns/growing.ts";
import { firstIndex } from "../first-index.ts";
import type { Bytes, EpochMilliseconds } from "../units.ts";
import type { CallModel, MessageRow, MessageRows, RowNotes } from "./types.ts";

/** What the model knows of single messages, by row. */
export class MessageNotes implements RowNotes {
  readonly #calls: CallModel[] = [];
  /** By row: 0, or one more than the index in `#calls`. Only up to the last row that belongs to a call. */
  readonly #callAt = growingIndices();
  /** NaN: it has none. */
  readonly #sequences = growingFloats();
  readonly #replays = new Set<Row>();

  setCall(row: Row, call: CallModel): void {
    this.#callAt.fillTo(row + 1, 0);
    this.#callAt.set(row, this.#calls.push(call));
  }

  callOf(row: Row): CallModel | null {
    return this.#calls[this.#callAt.at(row) - 1] ?? null;
  }

  setSequence(row: Row, sequence: number, replay: boolean): void {
    this.#sequences.fillTo(row + 1, NaN);
    this.#sequences.set(row, sequence);
    if (replay) this.#replays.add(row);
  }

  /** With stateful reconnect: the message's sequence number, and whether it was sent before. */
  sequenceOf(row: Row): Pick<MessageRow, "sequence" | "replay"> {
    const sequence = this.#sequences.at(row);
    return Number.isNaN(sequence) ? NO_SEQUENCE : { sequence, replay: this.#replays.has(row) };
  }
}

const NO_SEQUENCE = { sequence: null, replay: false } as const;

export class WritableMessageRows implements MessageRows {
  readonly #table: EventTable;
  readonly #notes: MessageNotes;
  readonly #rows = growingIndices();

  constructor(table: EventTable, notes: MessageNotes) {
    this.#table = table;
    this.#notes = notes;
  }

  get length(): number {
    return this.#rows.length;
  }

  at(index: number): MessageRow | undefined {
    if (index < 0 || index >= this.#rows.length) return undefined;
    const row = this.#rows.at(index);
    const message = this.#table.eventOf(row);
    return message.kind === "message"
      ? { message, call: this.#notes.callOf(row), ...this.#notes.sequenceOf(row) }
      : undefined;
  }

  timeAt(index: number): EpochMilliseconds {
    return this.#table.timeOf(this.#rows.at(index));
  }

  sizeAt(index: number): Bytes {
    return this.#table.sizeOf(this.#rows.at(index));
  }

  headAt(index: number): MessageHead {
    return this.#headOf(this.#rows.at(index));
  }

  callAt(index: number): CallModel | null {
    return this.#notes.callOf(this.#rows.at(index));
  }

  firstFrom(t: EpochMilliseconds): number {
    return this.#placeOf(t, -1);
  }

  *[Symbol.iterator](): Iterator<MessageRow> {
    for (let i = 0; i < this.length; i++) {
      const row = this.at(i);
      if (row) yield row;
    }
  }

  /** @returns whether it came late: not at the end */
  insert(row: Row): boolean {
    const { length } = this.#rows;
    const [t, seq] = [this.#table.timeOf(row), this.#table.seqOf(row)];
    if (length === 0 || !this.#isBefore(t, seq, this.#rows.at(length - 1))) {
      this.#rows.push(row);
      return false;
    }
    this.#rows.insert(this.#placeOf(t, seq), row);
    return true;
  }

  /** Takes out the messages of one socket, from `t` on. */
  takeOut(socket: number, t: EpochMilliseconds): Row[] {
    const from = this.firstFrom(t);
    const newest = [...this.#rows.slice(from)];
    const isOwn = (row: Row): boolean => this.#headOf(row).socket === socket;
    this.#rows.cut(from);
    for (const row of newest) if (!isOwn(row)) this.#rows.push(row);
    return newest.filter(isOwn);
  }

  #headOf(row: Row): MessageHead {
    const head = this.#table.headOf(row);
    if (!isMessageHead(head)) throw new RangeError("not a message");
    return head;
  }

  #isBefore(t: EpochMilliseconds, seq: number, row: Row): boolean {
    const other = this.#table.timeOf(row);
    return t < other || (t === other && seq < this.#table.seqOf(row));
  }

  #placeOf(t: EpochMilliseconds, seq: number): number {
    return firstIndex(this.#rows.length, (index) => {
      const row = this.#rows.at(index);
      const other = this.#table.timeOf(row);
      return other < t || (other === t && this.#table.seqOf(row) < seq);
    });
  }
}
