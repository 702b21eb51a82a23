/** Which payloads contain a text. Pure. */
import type { PayloadBlock } from "../../../extension/core/columns/payload-block.ts";
import { textAt } from "../../../extension/core/columns/payload-texts.ts";

/** @param text in lower case; @returns the seqs of the messages, in order */
export function searchBlock(block: PayloadBlock, text: string, afterSeq: number): number[] {
  const { seq, binary } = block;
  const found = textsWith(block, text).filter((i) => binary[i] !== 1);
  if (binary.includes(1)) {
    const bytes = asBytes(text);
    for (const [i, isBinary] of binary.entries())
      if (isBinary === 1 && holdsBytes(textAt(block, i), bytes)) found.push(i);
    found.sort((a, b) => a - b);
  }
  return found.map((i) => seq[i] ?? 0).filter((at) => at > afterSeq);
}

/** The indices of the texts that contain it. All are searched at once: one by one it takes several times as long. */
function textsWith(block: PayloadBlock, wanted: string): number[] {
  const { ends } = block;
  const text = block.text.toLowerCase();
  // A letter that is two in lower case: the texts aren't where they were.
  if (text.length !== block.text.length)
    return [...ends.keys()].filter((i) => textAt(block, i).toLowerCase().includes(wanted));
  const found: number[] = [];
  let i = 0;
  for (let at = text.indexOf(wanted); at >= 0 && i < ends.length;) {
    while ((ends[i] ?? Infinity) < at) i++;
    const end = ends[i] ?? 0;
    const isInside = at + wanted.length <= end;
    if (isInside) found.push(i++);
    at = text.indexOf(wanted, isInside ? end + 1 : at + 1);
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
