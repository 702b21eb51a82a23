/** Writes a Close message with its length prefix, as a server does. Faults need no other message. */
import { CLOSE } from "../terms.ts";

const TEXT_16 = 0xda;
const NIL = 0xc0;
const FALSE = 0xc2;
const TRUE = 0xc3;

/** @param error ASCII; other characters become "?" */
export function writeClose(error: string | undefined, allowReconnect: boolean): ArrayBuffer {
  const text = error === undefined ? undefined : Array.from(error, (c) => (c > "~" ? 63 : c.charCodeAt(0)));
  const body = [
    0x93,
    CLOSE,
    ...(text ? [TEXT_16, text.length >> 8, text.length & 0xff, ...text] : [NIL]),
    allowReconnect ? TRUE : FALSE,
  ];
  const length = body.length < 0x80 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7];
  return new Uint8Array([...length, ...body]).buffer;
}
