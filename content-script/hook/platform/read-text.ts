/**
 * Reads the beginning of an answer's text. A copy of a body makes the page's own go on: one that the page cancels is sent on
 * for as long as its copy is read. So no more is read than anybody looks at, and not for ever.
 */
import type { Milliseconds } from "../../../extension/core/units.ts";
import { apply, getter, nativeTimeout, promiseThen } from "./natives.ts";

/** In UTF-16 units. No negotiate's answer is longer, and of an error only its first words are told. */
export const LONGEST_TEXT = 20_000;
const LONGEST_READING: Milliseconds = 10_000;

const bodyOf = getter<ReadableStream<Uint8Array> | null>(Response.prototype, "body");
const readerOf = ReadableStream.prototype.getReader;
const { read: readChunk, cancel } = ReadableStreamDefaultReader.prototype;
const NativeDecoder = TextDecoder;
const { decode } = NativeDecoder.prototype;

/** @param copy of the page's answer, of which nothing was read @param onText called once; "" where it can't be read */
export function readTextOf(copy: Response, onText: (text: string) => void): void {
  const body = bodyOf(copy);
  if (body === null) {
    onText("");
    return;
  }
  const reader = apply(readerOf, body, []) as ReadableStreamDefaultReader<Uint8Array>;
  const decoder = new NativeDecoder();
  let text = "";
  let told = false;
  const end = (said: string): void => {
    if (told) return;
    told = true;
    void apply(promiseThen, apply(cancel, reader, []), [undefined, () => undefined]);
    onText(said);
  };
  const step = (): void => {
    void apply(promiseThen, apply(readChunk, reader, []), [
      ({ done, value }: ReadableStreamReadResult<Uint8Array>) => {
        if (told) return;
        if (value) text += apply(decode, decoder, [value, { stream: true }]);
        if (done || text.length > LONGEST_TEXT) end(text);
        else step();
      },
      () => {
        end("");
      },
    ]);
  };
  step();
  nativeTimeout(() => {
    // Half a text may end in half a secret, which nobody would know for one.
    end("");
  }, LONGEST_READING);
}
