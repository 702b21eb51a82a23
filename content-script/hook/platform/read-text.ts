/**
 * Reads the beginning of a response's text from a copy. As long as the copy is read, the browser keeps downloading, even if the
 * page cancels its own body. So no more is read than needed, and only for a limited time.
 */
import type { Milliseconds } from "../../../extension/core/units.ts";
import { apply, getterOf, nativeTimeout, promiseThen } from "../../sentinel/shared-with-hook.ts";
import { classOf, methodOf } from "./classes.ts";

/** In UTF-16 code units. No negotiate response is longer, and of an error only the beginning is recorded. */
export const LONGEST_TEXT = 20_000;
const LONGEST_READING: Milliseconds = 10_000;

const bodyOf = getterOf("Response", "body");
const readerOf = methodOf("ReadableStream", "getReader");
const cancelStream = methodOf("ReadableStream", "cancel");
const readChunk = methodOf("ReadableStreamDefaultReader", "read");
const cancel = methodOf("ReadableStreamDefaultReader", "cancel");
const NativeDecoder = classOf("TextDecoder");
const decode = methodOf("TextDecoder", "decode");

/**
 * @param copy of the page's response, not read yet
 * @param onText called once; "" if the text can't be read
 */
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
    // An incomplete text may end with a part of a secret, which couldn't be recognised.
    end("");
  }, LONGEST_READING);
}

/** Gives up a copy that nobody has read. */
export function discardCopy(copy: Response): void {
  const body = bodyOf(copy);
  if (body) void apply(promiseThen, apply(cancelStream, body, []), [undefined, () => undefined]);
}
