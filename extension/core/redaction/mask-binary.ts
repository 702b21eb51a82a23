/**
 * Masks the secrets of a binary message in place: every byte becomes "*", so that lengths and offsets don't change and the
 * message can still be decoded.
 */
import { maskKnown, maskText } from "./redact.ts";
import { couldHoldSecretName, isSecretName, mayNameObject } from "./secret-names.ts";
import { isSuspicious } from "./secrets.ts";
import { newHead, readHead, type Kind } from "../protocol/messagepack/heads.ts";
import { readLatin1 } from "../protocol/messagepack/utf8.ts";

const LONGEST_NAME = 60;

const head = newHead();

/**
 * The bytes from `start` to `end` as characters with these codes, ready for base64.
 * @param known secrets to be masked wherever they occur
 */
export function maskedBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  known: readonly string[] = [],
): string {
  const text = maskKnown(readLatin1(bytes, start, end), known);
  return isSuspicious(text) || couldHoldSecretName(text) ? mask(text, bytes, start, end) : text;
}

/** The same for a recorded payload. Invalid base64 is removed. */
export function maskedBase64(base64: string): string {
  let text: string;
  try {
    text = atob(base64);
  } catch {
    return "";
  }
  if (!isSuspicious(text) && !couldHoldSecretName(text)) return base64;
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return btoa(mask(text, bytes, 0, bytes.length));
}

/**
 * Checks each text separately: the byte before it may look like one more letter. The value after a secret's name is masked with
 * all nested values: it is that key's value in a map. In an array it may be an unrelated element; masking too much is better
 * than too little.
 */
function mask(text: string, bytes: Uint8Array, start: number, end: number): string {
  let masked = "";
  /** Number of following values that belong to a secret. */
  let secret = 0;
  let mayBeObject = false;
  for (let at = start; at < end;) {
    const whole = readHead(bytes, at, end, head);
    const { kind, content, count } = head;
    const to = Math.min(head.end, end);
    const isText = kind === "string" || kind === "binary";
    if (content > to || (!whole && !isText)) return masked + maskText(text.slice(at - start)); // broken
    const inside = text.slice(content - start, to - start);
    masked += text.slice(at - start, content - start);
    if (mayBeObject && kind === "map") secret = 0;
    mayBeObject = false;
    if (secret > 0) masked += canBeMasked(kind) ? "*".repeat(inside.length) : inside;
    else masked += isText ? maskText(inside) : inside;
    if (secret > 0) secret += count - 1;
    else if (kind === "string" && inside.length <= LONGEST_NAME && isSecretName(inside)) {
      secret = 1;
      mayBeObject = mayNameObject(inside);
    }
    at = to;
  }
  return masked;
}

/** With other bytes it still is a valid value of its kind. That doesn't hold for extensions such as timestamps. */
const canBeMasked = (kind: Kind): boolean =>
  kind === "string" || kind === "binary" || kind === "integer" || kind === "float";
