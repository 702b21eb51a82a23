/** Random numbers of a seed (mulberry32). The state is in an array of one, so that it stays a plain integer. */
export const randomOf = (seed: number): Int32Array => Int32Array.of(seed);

const RANGE = 2 ** 32;
const STEP = 0x6d2b79f5;

function mixed(state: number): number {
  let z = Math.imul(state ^ (state >>> 15), 1 | state);
  z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
  return (z ^ (z >>> 14)) >>> 0;
}

/** A number from 0 to 1, without 1. */
export function chance(random: Int32Array): number {
  const state = ((random[0] ?? 0) + STEP) | 0;
  random[0] = state;
  return mixed(state) / RANGE;
}

/**
 * Adds `count` times 1 to the counts, each time in another place: from `base` to `base + spread`, each as likely as the others.
 * @param counts a ring: its length is a power of two
 * @returns the first of these places
 */
export function scatter(
  random: Int32Array,
  counts: Int32Array,
  base: number,
  spread: number,
  count: number,
): number {
  const mask = counts.length - 1;
  const range = (spread + 1) / RANGE;
  let state = random[0] ?? 0;
  let least = RANGE;
  for (let i = 0; i < count; i++) {
    state = (state + STEP) | 0;
    const drawn = mixed(state);
    if (drawn < least) least = drawn;
    const at = (base + Math.floor(drawn * range)) & mask;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  random[0] = state;
  return base + Math.floor(least * range);
}
