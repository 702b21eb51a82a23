/** Arrays of numbers that grow at the end. Doubling keeps the cost of an added number constant. */

const FIRST = 64;

type Numbers = Float64Array | Uint32Array;

export class GrowingNumbers {
  readonly #sized: (length: number) => Numbers;
  #numbers: Numbers;
  #length = 0;

  /** @param sized creates an array of this length */
  constructor(sized: (length: number) => Numbers) {
    this.#sized = sized;
    this.#numbers = sized(0);
  }

  get length(): number {
    return this.#length;
  }

  /** @returns the number; NaN outside of the array */
  at(index: number): number {
    return index >= 0 && index < this.#length ? (this.#numbers[index] ?? NaN) : NaN;
  }

  set(index: number, value: number): void {
    if (index >= 0 && index < this.#length) this.#numbers[index] = value;
  }

  push(value: number): void {
    this.#room(1);
    this.#numbers[this.#length++] = value;
  }

  append(values: ArrayLike<number>): void {
    this.#room(values.length);
    this.#numbers.set(values, this.#length);
    this.#length += values.length;
  }

  /** Makes room for this many numbers in all, so that the array needn't be copied until then. */
  reserve(length: number): void {
    if (length > this.#numbers.length) this.#resize(length);
  }

  /** Appends a value until there are this many numbers. */
  fillTo(length: number, value: number): void {
    if (length <= this.#length) return;
    this.#room(length - this.#length);
    this.#numbers.fill(value, this.#length, length);
    this.#length = length;
  }

  /** Inserts a number before that index. */
  insert(index: number, value: number): void {
    this.#room(1);
    this.#numbers.copyWithin(index + 1, index, this.#length);
    this.#numbers[index] = value;
    this.#length++;
  }

  /**
   * Index of the first number that isn't less than `value`; the numbers must be in ascending order.
   * @param from all before this index are known to be less
   */
  firstFrom(value: number, from = 0): number {
    const numbers = this.#numbers;
    let low = Math.max(0, from);
    let high = low;
    // What is looked for is often near: steps of twice the size, then halves.
    for (let step = 1; high < this.#length && (numbers[high] ?? NaN) < value; step *= 2) {
      low = high + 1;
      high = low + step;
    }
    high = Math.min(high, this.#length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numbers[middle] ?? NaN) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Removes everything from that index on. */
  cut(length: number): void {
    this.#length = Math.max(0, Math.min(this.#length, length));
  }

  /** A copy of the numbers in [from, to). */
  slice(from = 0, to = this.#length): Numbers {
    const copy = this.#sized(Math.max(0, to - from));
    copy.set(this.#numbers.subarray(from, to));
    return copy;
  }

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#numbers.length) return;
    this.#resize(Math.max(needed, this.#numbers.length * 2, FIRST));
  }

  #resize(length: number): void {
    const bigger = this.#sized(length);
    bigger.set(this.#numbers.subarray(0, this.#length));
    this.#numbers = bigger;
  }
}

export const growingFloats = (): GrowingNumbers => new GrowingNumbers((length) => new Float64Array(length));

/** Of whole numbers from 0 to 2^32 - 1. */
export const growingIndices = (): GrowingNumbers => new GrowingNumbers((length) => new Uint32Array(length));
