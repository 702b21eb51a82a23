/**
 * Binary search.
 * @param isBefore true for the first so many indices, false for all that follow
 * @returns the first index for which it is false; `length` when there is none
 */
export function firstIndex(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
