/** The text of what is given to `readRecording`. It can be read again and again. */
import { BrokenContent } from "../core/recording/broken-content.ts";
import type { ReadTexts } from "../export/open-recording.ts";
import type { RecordingInput } from "./core-api.ts";

/** @throws TypeError: it is nothing that could be one */
export function readInput(input: RecordingInput): ReadTexts {
  if (isOpener(input)) return () => decoded(input());
  // Of bytes the decoder removes a byte order mark.
  if (typeof input === "string") return () => decoded([input.replace(/^\uFEFF/, "")]);
  if (input instanceof Uint8Array) return () => decoded([input]);
  if (input instanceof ArrayBuffer) return () => decoded([new Uint8Array(input)]);
  // It comes from JavaScript.
  if (typeof input !== "object" || (input as object | null) === null)
    throw new TypeError("This is no recording: give its text, its bytes, or what recording() has given.");
  if (input instanceof Blob) return () => decoded(streamOf(input));
  return () => decoded([JSON.stringify(input)]);
}

const isOpener = (input: RecordingInput): input is Extract<RecordingInput, () => unknown> =>
  typeof input === "function";

async function* streamOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const PIECE = 1024 * 1024;
  for (let at = 0; at < blob.size; at += PIECE)
    yield new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
}

type Parts = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

async function* decoded(parts: Parts): AsyncGenerator<string> {
  const reading = iterate(parts);
  const first = await reading.next();
  if (first.done === true) return;
  const { value } = first;
  const all = startingWith(value, reading);
  const isPacked = typeof value !== "string" && value[0] === 0x1f && value[1] === 0x8b;
  const decoder = new TextDecoder();
  for await (const part of isPacked ? unpacked(all) : all)
    yield typeof part === "string" ? part : decoder.decode(part, { stream: true });
  yield decoder.decode();
}

async function* iterate(parts: Parts): AsyncGenerator<string | Uint8Array> {
  yield* parts;
}

async function* startingWith<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

async function* unpacked(parts: AsyncGenerator<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await parts.next();
      if (next.done === true) controller.close();
      else if (typeof next.value === "string") controller.error(new Error("It is partly text."));
      else controller.enqueue(new Uint8Array(next.value));
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream("gzip")).getReader();
  for (;;) {
    const next = await reader.read().catch((error: unknown) => {
      if (error instanceof TypeError) throw new BrokenContent();
      throw error;
    });
    if (next.done) return;
    yield next.value;
  }
}
