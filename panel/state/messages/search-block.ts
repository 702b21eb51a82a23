/** Which payloads contain a text. Pure. */
import type { PayloadBlock } from "../../../extension/core/columns/payload-block.ts";

/** @param text in lower case; @returns the seqs of the messages, in order */
export function searchBlock({ seq, texts, binary }: PayloadBlock, text: string, afterSeq: number): number[] {
  const found: number[] = [];
  const bytes = asBytes(text);
  for (const [i, payload] of texts.entries()) {
    const at = seq[i] ?? 0;
    if (at <= afterSeq) continue;
    if (binary[i] === 1 ? holdsBytes(payload, bytes) : payload.toLowerCase().includes(text)) found.push(at);
  }
  return found;
}

/** The text in UTF-8, a character for each byte. */
const asBytes = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte))
    .join("")
    .toLowerCase();

/** Searches the bytes, without decoding the message. */
function holdsBytes(base64: string, bytes: string): boolean {
  try {
    return atob(base64).toLowerCase().includes(bytes);
  } catch {
    return false; // A file may contain invalid base64.
  }
}
