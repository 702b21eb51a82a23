/** The payloads of a batch of messages: texts, and bytes in base64. They are stored apart from the events. */
import type { HubMessage } from "../events/events.ts";

export interface PayloadBlock {
  /** Of the message, in ascending order. */
  readonly seq: Float64Array;
  /** All texts, each followed by a line feed: one text is stored, read and searched many times faster than thousands. */
  readonly text: string;
  /** Where each text ends in it. */
  readonly ends: Uint32Array;
  /** 1: the text is bytes in base64. */
  readonly binary: Uint8Array;
}

export const NO_PAYLOADS: PayloadBlock = {
  seq: new Float64Array(),
  text: "",
  ends: new Uint32Array(),
  binary: new Uint8Array(),
};

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
    const [seq, binary] = [Float64Array.from(this.#seq), Uint8Array.from(this.#binary)];
    return joined({ seq, texts: this.#texts, binary });
  }
}

/** As they were stored before they were joined. */
export interface ListedPayloads extends Pick<PayloadBlock, "seq" | "binary"> {
  readonly texts: readonly string[];
}

export function joined(block: PayloadBlock | ListedPayloads): PayloadBlock {
  if (!("texts" in block)) return block;
  const { seq, texts, binary } = block;
  let end = -1;
  return {
    seq,
    text: texts.length === 0 ? "" : `${texts.join("\n")}\n`,
    ends: Uint32Array.from(texts, (text) => (end += text.length + 1)),
    binary,
  };
}
