/** Reads single values of a MessagePack message by their place, without decoding the rest. */
import { newHead, readHead, skipValue } from "./heads.ts";
import { readUtf8 } from "./utf8.ts";
import type { Bytes } from "../../units.ts";

const head = newHead();

/**
 * @param path indexes of elements: in the outer array, then in that element, and so on
 * @returns where the value begins; -1: there is none
 */
export function findValue(bytes: Uint8Array, start: number, end: number, path: readonly number[]): number {
  let at = start;
  for (const index of path) {
    if (!readHead(bytes, at, end, head) || head.kind !== "array" || index >= head.count) return -1;
    at = head.end;
    for (let skipped = 0; skipped < index; skipped++) {
      at = skipValue(bytes, at, end, head);
      if (at < 0) return -1;
    }
  }
  return at;
}

/** The text at a place of `findValue`, up to `longest`. undefined: no text is there. */
export function textAt(bytes: Uint8Array, at: number, end: number, longest: Bytes): string | undefined {
  if (at < 0 || !readHead(bytes, at, end, head) || head.kind !== "string") return undefined;
  return readUtf8(bytes, head.content, Math.min(head.end, head.content + longest));
}

export const isTrueAt = (bytes: Uint8Array, at: number): boolean => bytes[at] === 0xc3;
