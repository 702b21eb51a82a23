/** The text of a recording file, piece by piece, as a small file may contain more than fits into memory. */
import { BrokenContent } from "../../../extension/core/recording/broken-content.ts";
import { LARGEST_FILE } from "../../../extension/core/recording/file-format.ts";
import { bytes } from "../../../extension/core/text/format.ts";
import type { Bytes } from "../../../extension/core/units.ts";

export interface Piece {
  readonly text: string;
  /** How much of the file has been read, from 0 to 1. */
  readonly share: number;
}

const PIECE: Bytes = 2 * 1024 * 1024;

/** Gzip is recognised by the first bytes, not by the file's name. */
export async function* readPieces(file: Blob, limit: Bytes = LARGEST_FILE): AsyncGenerator<Piece> {
  if (file.size > limit) throw new Error(`it is larger than ${bytes(limit)}`);
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const decoder = new TextDecoder();
  const parts = head[0] === 0x1f && head[1] === 0x8b ? unpack(file, limit) : read(file);
  for await (const { part, share } of parts) yield { text: decoder.decode(part, { stream: true }), share };
  yield { text: decoder.decode(), share: 1 };
}

interface Part {
  readonly part: BufferSource;
  readonly share: number;
}

/** The next part is read while one is handled. */
async function* read(file: Blob): AsyncGenerator<Part> {
  const partFrom = (from: number): Promise<ArrayBuffer> => {
    const reading = file.slice(from, from + PIECE).arrayBuffer();
    // It is awaited later, or never.
    reading.catch(() => undefined);
    return reading;
  };
  let next = partFrom(0);
  for (let from = 0; from < file.size; from += PIECE) {
    const part = await next;
    next = partFrom(from + PIECE);
    yield { part, share: Math.min(1, (from + PIECE) / file.size) };
  }
}

async function* unpack(file: Blob, limit: Bytes): AsyncGenerator<Part> {
  let packed = 0;
  let size = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, controller) {
      packed += part.length;
      controller.enqueue(part);
    },
  });
  const parts = file.stream().pipeThrough(counted).pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (;;) {
      const { done, value } = await parts.read().catch(() => {
        throw new BrokenContent();
      });
      if (done) return;
      size += value.length;
      if (size > limit) throw new Error(`unpacked it is larger than ${bytes(limit)}`);
      yield { part: value, share: packed / file.size };
    }
  } finally {
    // Its caller may have stopped early. It is already broken, or at its end, otherwise.
    await parts.cancel().catch(() => undefined);
  }
}
