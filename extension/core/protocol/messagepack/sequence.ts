/** Writes a Sequence message with its length prefix, as both sides send it after a resume: `[9, sequenceId]`. */
import { SEQUENCE } from "../terms.ts";

const UINT_32 = 0xce;

export function writeSequence(sequenceId: number): ArrayBuffer {
  const number = [24, 16, 8, 0].map((shift) => (sequenceId >>> shift) & 0xff);
  const body = [0x92, SEQUENCE, UINT_32, ...number];
  return new Uint8Array([body.length, ...body]).buffer;
}
