/** The text of a file on disk, piece by piece. Gzip is recognised by the first bytes, not by the file's name. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { BrokenContent } from "../../core/recording/broken-content.ts";
import { bytes } from "../../core/text/format.ts";
import type { Bytes } from "../../core/units.ts";

const PIECE: Bytes = 256 * 1024;
/** Little memory is needed for any size, but not any time is to be spent on what a small file unpacks to. */
const LARGEST: Bytes = 8 * 1024 ** 3;

export async function* readTexts(path: string): AsyncGenerator<string> {
  const isPacked = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: PIECE });
  const parts = isPacked ? unpacked(file) : file;
  const decoder = new TextDecoder();
  let size = 0;
  for await (const part of parts as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > LARGEST) throw new Error(`it is larger than ${bytes(LARGEST)}`);
    yield decoder.decode(part, { stream: true });
  }
  yield decoder.decode();
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function* unpacked(file: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  file.on("error", (error: Error) => gunzip.destroy(error));
  file.pipe(gunzip);
  try {
    for await (const part of gunzip as AsyncIterable<Uint8Array>) yield part;
  } catch (error) {
    // Those of zlib are about the content; others, such as of the disk, are not.
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))
      throw new BrokenContent();
    throw error;
  }
}
