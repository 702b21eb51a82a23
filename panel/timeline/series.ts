/** Sorted times in one growing array, counted by binary search. It is all that the timeline stores per message. */
import { growingFloats } from "../../extension/core/columns/growing.ts";
import { firstIndex } from "../../extension/core/first-index.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";

export class Series {
  readonly #times = growingFloats();

  get length(): number {
    return this.#times.length;
  }

  /** NaN: there is no such time. */
  at(index: number): EpochMilliseconds {
    return this.#times.at(index);
  }

  /** Appends a time; a late one is inserted at its position. */
  push(t: EpochMilliseconds): void {
    if (this.at(this.length - 1) > t)
      this.#times.insert(
        firstIndex(this.length, (index) => this.at(index) <= t),
        t,
      );
    else this.#times.push(t);
  }

  /**
   * Index of the first time at or after `t`, which is the number of times before it.
   * @param from an earlier time's index, to find it faster
   */
  before(t: EpochMilliseconds, from = 0): number {
    return this.#times.firstFrom(t, from);
  }

  /** How many in [from, to). */
  count(from: EpochMilliseconds, to: EpochMilliseconds): number {
    return this.before(to) - this.before(from);
  }

  /** The last time before or at `t`; NaN when there is none. */
  lastUntil(t: EpochMilliseconds): EpochMilliseconds {
    const index = this.before(t);
    return this.at(index) === t ? t : this.at(index - 1);
  }
}

/** Counts of time spans (counted seconds) as a running total: the count in a range is a difference of two totals. */
export class Totals {
  readonly #from = new Series();
  readonly #until: number[] = [];
  readonly #sums: number[] = [];
  #sum = 0;

  get length(): number {
    return this.#until.length;
  }

  /** In order of time, without overlap. */
  push(from: EpochMilliseconds, until: EpochMilliseconds, count: number): void {
    this.#from.push(from);
    this.#until.push(Math.max(from + 1, until));
    this.#sums.push(this.#sum);
    this.#sum += count;
  }

  /** Total before `t`; within a span it grows linearly. */
  before(t: EpochMilliseconds): number {
    const index = this.#from.before(t) - 1;
    if (index < 0) return 0;
    const from = this.#from.at(index);
    const until = this.#until[index] as number;
    const base = this.#sums[index] as number;
    const full = (this.#sums[index + 1] ?? this.#sum) - base;
    return base + full * Math.min(1, (t - from) / (until - from));
  }

  /** The span that holds `t`. */
  spanAt(t: EpochMilliseconds): { from: number; until: number; count: number } | null {
    const index = this.#from.before(t + 1e-3) - 1;
    if (index < 0 || t > (this.#until[index] as number)) return null;
    return {
      from: this.#from.at(index),
      until: this.#until[index] as number,
      count: (this.#sums[index + 1] ?? this.#sum) - (this.#sums[index] as number),
    };
  }
}
