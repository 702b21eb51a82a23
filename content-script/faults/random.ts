/** Numbers from 0 to below 1, the same for the same seed (a 32-bit xorshift; good enough for sampling). */
export function createRandom(seed: number = Math.random() * 0xffff_ffff): () => number {
  // A state of 0 would stay 0 for ever.
  let state = (seed ^ 0x9e37_79b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
}
