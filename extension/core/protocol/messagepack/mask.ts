/**
 * Masks the secrets of a binary message where they stand: every byte of one becomes "*", so that lengths and offsets stay
 * what they were and the message can still be decoded.
 */
import { isSecretName, isSuspicious, maskText } from "../../redact.ts";
import { newHead, readHead } from "./heads.ts";
import { readLatin1 } from "./utf8.ts";

const LONGEST_NAME = 30;
/** A cheap look for anything that could be a secret's name. */
const PART_OF_A_NAME = /token|authorization|password|secret|key/i;

const head = newHead();

/** The bytes from `start` to `end` as characters of their numbers, ready for base64. */
export function maskedBytes(bytes: Uint8Array, start: number, end: number): string {
  const text = readLatin1(bytes, start, end);
  return isSuspicious(text) || PART_OF_A_NAME.test(text) ? mask(text, bytes, start, end) : text;
}

/**
 * Looks at each text by itself: the byte before it may look like one more letter. What comes right behind a secret's name is the
 * value of that key in a map; that it may be just the next element of an array is rather too much than too little.
 */
function mask(text: string, bytes: Uint8Array, start: number, end: number): string {
  let masked = "";
  let named = false;
  for (let at = start; at < end;) {
    const whole = readHead(bytes, at, end, head);
    const { kind, content } = head;
    const to = Math.min(head.end, end);
    const isText = kind === "string" || kind === "binary";
    if (content > to || (!whole && !isText)) return masked + maskText(text.slice(at - start)); // broken
    const inside = text.slice(content - start, to - start);
    masked += text.slice(at - start, content - start);
    masked += named && isText ? "*".repeat(inside.length) : isText ? maskText(inside) : inside;
    named = kind === "string" && inside.length <= LONGEST_NAME && isSecretName(inside);
    at = to;
  }
  return masked;
}
