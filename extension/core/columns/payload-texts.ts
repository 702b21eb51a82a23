/** The texts of a block of payloads. */
import type { HubMessage } from "../events/events.ts";
import type { PayloadBlock } from "./payload-block.ts";

export type Payload = Pick<HubMessage, "payload" | "binary">;

export const textAt = ({ text, ends }: PayloadBlock, index: number): string =>
  text.slice((ends[index - 1] ?? -1) + 1, ends[index]);

/** The payloads of a block by the seq of their messages. */
export function payloadsBySeq(block: PayloadBlock): Map<number, Payload> {
  const found = new Map<number, Payload>();
  for (const [i, at] of block.seq.entries()) {
    const text = textAt(block, i);
    found.set(at, { ...found.get(at), ...(block.binary[i] === 1 ? { binary: text } : { payload: text }) });
  }
  return found;
}
