/** The payloads of a batch of messages: texts, and bytes in base64. They are stored apart from the events. */
import type { HubMessage } from "../events/events.ts";

export interface PayloadBlock {
  /** Of the message, in ascending order. */
  readonly seq: Float64Array;
  readonly texts: readonly string[];
  /** 1: the text is bytes in base64. */
  readonly binary: Uint8Array;
}

export const NO_PAYLOADS: PayloadBlock = { seq: new Float64Array(), texts: [], binary: new Uint8Array() };

export type Payload = Pick<HubMessage, "payload" | "binary">;

export class PayloadList {
  readonly #seq: number[] = [];
  readonly #texts: string[] = [];
  readonly #binary: number[] = [];

  add({ seq, payload, binary }: HubMessage): void {
    if (payload !== undefined) this.#push(seq, payload, 0);
    if (binary !== undefined) this.#push(seq, binary, 1);
  }

  #push(seq: number, text: string, binary: 0 | 1): void {
    this.#seq.push(seq);
    this.#texts.push(text);
    this.#binary.push(binary);
  }

  toBlock(): PayloadBlock {
    return {
      seq: Float64Array.from(this.#seq),
      texts: this.#texts,
      binary: Uint8Array.from(this.#binary),
    };
  }
}

/** The payloads of a block by the seq of their messages. */
export function payloadsBySeq({ seq, texts, binary }: PayloadBlock): Map<number, Payload> {
  const found = new Map<number, Payload>();
  for (const [i, text] of texts.entries()) {
    const at = seq[i] ?? 0;
    found.set(at, { ...found.get(at), ...(binary[i] === 1 ? { binary: text } : { payload: text }) });
  }
  return found;
}
