/** Bytes as lines of a hex dump. Pure. */
import type { Place } from "./tree-nodes.ts";

/** Adjacent bytes with the same style. */
export interface HexPart {
  readonly hex: string;
  readonly text: string;
  readonly look: "plain" | "on" | "bad";
}

export interface HexLine {
  readonly offset: string;
  readonly parts: readonly HexPart[];
  /** Missing columns in the hex part of a short line. */
  readonly missing: number;
}

/**
 * Letters of a line besides its bytes: eight for the offset, and the gaps. (Each byte needs three, and one for its character.)
 */
const FIXED_LETTERS = 11;
const LETTERS_A_BYTE = 4;
const WIDTHS = [16, 12, 8] as const;

/** How many bytes fit into a line with that many letters. */
export const bytesPerLine = (letters: number): number =>
  WIDTHS.find((n) => FIXED_LETTERS + n * LETTERS_A_BYTE <= letters) ?? 4;

export const lineOf = (byte: number, perLine: number): number => Math.floor(byte / perLine);

/**
 * @param on the selected bytes
 * @param bad the byte at which decoding stopped
 */
export function hexLine(
  bytes: Uint8Array,
  line: number,
  perLine: number,
  on: Place | null,
  bad: number | null,
): HexLine {
  const from = line * perLine;
  const to = Math.min(bytes.length, from + perLine);
  const parts: { hex: string; text: string; look: HexPart["look"] }[] = [];
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    const look = at === bad ? "bad" : on !== null && at >= on.start && at < on.end ? "on" : "plain";
    const last = parts.at(-1);
    const hex = byte.toString(16).padStart(2, "0");
    const text = byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".";
    if (last?.look === look) {
      last.hex += ` ${hex}`;
      last.text += text;
    } else parts.push({ hex, text, look });
  }
  return {
    offset: from.toString(16).padStart(8, "0"),
    parts,
    missing: (perLine - (to - from)) * 3,
  };
}

/** The byte at a letter of a line; null between the columns. */
export function byteAt(letter: number, line: number, perLine: number, length: number): number | null {
  const inHex = Math.floor((letter - 10) / 3);
  const inText = Math.floor(letter - 10 - perLine * 3 - 1);
  const at = letter < 10 ? -1 : inHex < perLine ? inHex : inText;
  const byte = line * perLine + at;
  return at >= 0 && at < perLine && byte < length ? byte : null;
}

/** The bytes as text for the clipboard. */
export const hexText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
