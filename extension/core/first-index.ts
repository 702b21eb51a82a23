/**
 * Binary search.
 * @param isBefore true for all indices up to some point, false for the rest
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
