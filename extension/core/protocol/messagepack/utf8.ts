/** Decodes UTF-8 without TextDecoder, whose prototype the page may have changed. Invalid bytes become U+FFFD. */
const { fromCharCode, fromCodePoint } = String;
const BROKEN = 0xfffd;
/** The smallest code point for each sequence length: a smaller one is an overlong encoding, which is invalid. */
const MIN = [0, 0, 0x80, 0x800, 0x10000] as const;

export function readUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end;) {
    const first = bytes[at++] as number;
    if (first < 0x80) {
      text += fromCharCode(first);
      continue;
    }
    const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : 2;
    let point = first & (0xff >> (length + 1));
    let read = 1;
    if (first >= 0xc2 && first < 0xf5)
      for (; read < length && at < end && ((bytes[at] as number) & 0xc0) === 0x80; read++, at++)
        point = point * 64 + ((bytes[at] as number) & 0x3f);
    const valid =
      read === length && point >= (MIN[length] as number) && point <= 0x10ffff && (point & ~0x7ff) !== 0xd800;
    text += fromCodePoint(valid ? point : BROKEN);
  }
  return text;
}

const CHUNK = 4_096;

/** Each byte as the character with that code: input for base64, and for searches for ASCII text. */
export function readLatin1(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at += CHUNK)
    text += fromCharCode(...bytes.subarray(at, Math.min(end, at + CHUNK)));
  return text;
}
