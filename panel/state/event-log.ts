/** All events of a recording in order of time, across its pages. Rows with equal times keep their order of arrival. */
import type { EventTable, Row } from "../../extension/core/columns/event-table.ts";
import { growingIndices } from "../../extension/core/columns/growing.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { firstIndex } from "../../extension/core/first-index.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";

/** An event of the log as an object, without its payload. */
export interface LogRow {
  /** Its number in the table of events: the same event has the same number as long as the recording is shown. */
  readonly row: Row;
  readonly page: PageId;
  readonly event: RecordedEvent;
}

export class EventLog {
  readonly events: EventTable;
  readonly #rows: RowsByTime;

  constructor(events: EventTable) {
    this.events = events;
    this.#rows = new RowsByTime(events);
  }

  /** The number of events in order. New ones of the table are among them after `update`. */
  get length(): number {
    return this.#rows.length;
  }

  update(): void {
    const added: Row[] = [];
    for (let row = this.length; row < this.events.length; row++) added.push(row);
    this.#rows.add(added);
  }

  rowAt(index: number): Row {
    return this.#rows.at(index);
  }

  /** Index of the first row at or after `t`. */
  indexFrom(t: EpochMilliseconds): number {
    return this.#rows.indexFrom(t);
  }

  entry(row: Row): LogRow {
    return { row, page: this.events.pageOf(row), event: this.events.eventOf(row) };
  }
}

/** Rows of a table in order of time, and of arrival for equal times. */
export class RowsByTime {
  readonly #events: EventTable;
  readonly #rows = growingIndices();

  constructor(events: EventTable) {
    this.#events = events;
  }

  get length(): number {
    return this.#rows.length;
  }

  at(index: number): Row {
    return this.#rows.at(index);
  }

  indexFrom(t: EpochMilliseconds): number {
    return firstIndex(this.length, (index) => this.#events.timeOf(this.at(index)) < t);
  }

  /** Index of that row, or where it would be. */
  placeOf(row: Row): number {
    return firstIndex(this.length, (index) => this.#isBefore(this.at(index), row));
  }

  /** Adds rows, in any order. Nearly always they belong to the end. */
  add(added: readonly Row[]): void {
    const first = added[0];
    if (first === undefined) return;
    const sorted = this.#isSorted(added) ? added : [...added].sort((a, b) => this.#compare(a, b));
    const at = this.placeOf(sorted[0] ?? first);
    const tail = this.#rows.slice(at);
    this.#rows.cut(at);
    let next = 0;
    for (const row of sorted) {
      for (; next < tail.length && this.#isBefore(tail[next] ?? 0, row); next++)
        this.#rows.push(tail[next] ?? 0);
      this.#rows.push(row);
    }
    this.#rows.append(tail.subarray(next));
  }

  #isSorted(rows: readonly Row[]): boolean {
    for (let i = 1; i < rows.length; i++) if (!this.#isBefore(rows[i - 1] ?? 0, rows[i] ?? 0)) return false;
    return true;
  }

  #isBefore(a: Row, b: Row): boolean {
    return this.#compare(a, b) < 0;
  }

  #compare(a: Row, b: Row): number {
    return this.#events.timeOf(a) - this.#events.timeOf(b) || a - b;
  }
}
