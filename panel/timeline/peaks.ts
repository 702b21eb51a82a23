/** Finds the longest gap between neighbouring times in any range, without checking each gap. */
import type { EpochMilliseconds, Milliseconds } from "../../extension/core/units.ts";
import type { Series } from "./series.ts";

const BLOCK = 128;

/** Follows a growing series. Gap `i` lies between time `i - 1` and time `i`. */
export class Peaks {
  readonly #times: Series;
  readonly #blocks: number[] = [];
  #seen = 0;

  constructor(times: Series) {
    this.#times = times;
  }

  /** Adds new times. Times that were inserted late can make a block's maximum slightly too large. */
  update(): void {
    for (; this.#seen < this.#times.length; this.#seen++) {
      if (this.#seen === 0) continue;
      const block = Math.floor(this.#seen / BLOCK);
      this.#blocks[block] = Math.max(this.#blocks[block] ?? 0, this.#gap(this.#seen));
    }
  }

  #gap(index: number): Milliseconds {
    return this.#times.at(index) - this.#times.at(index - 1);
  }

  /** Longest gap that ends at one of the times [from, to) (indices). */
  longest(from: number, to: number): Milliseconds {
    let highest = 0;
    let i = Math.max(1, from);
    while (i < to) {
      if (i % BLOCK === 0 && i + BLOCK <= to) {
        highest = Math.max(highest, this.#blocks[i / BLOCK] ?? 0);
        i += BLOCK;
      } else highest = Math.max(highest, this.#gap(i++));
    }
    return highest;
  }
}

/** Time since the last received message at `t`. NaN before the first. */
export function silenceAt(times: Series, t: EpochMilliseconds): Milliseconds {
  return t - times.lastUntil(t);
}
