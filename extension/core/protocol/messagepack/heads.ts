/**
 * The first bytes of a MessagePack value: its kind, where its content is, and how many values it contains.
 * https://github.com/msgpack/msgpack/blob/master/spec.md
 *
 * Nothing here allocates or recurses, whatever a header claims: every value takes at least one byte, so one that claims more
 * values than bytes are left is cut off.
 */
import { CUT_OFF } from "../json-scan.ts";

export type Kind =
  | "nil"
  | "boolean"
  | "integer"
  | "float"
  | "string"
  | "binary"
  | "array"
  | "map"
  | "extension"
  /** 0xc1, which the format never uses. */
  | "unused";

/** Reused for every value: read it before the next one is looked at. */
export interface Head {
  kind: Kind;
  /** Where the value's content begins; for a number after its first byte, unless that contains it. */
  content: number;
  /** Where the value ends; for an array or a map where its first element begins. */
  end: number;
  /** Values that follow inside: the elements of an array, keys and values of a map. */
  count: number;
  /** What is wrong, and where; undefined: nothing. */
  problem: string | undefined;
  problemAt: number;
}

export const newHead = (): Head => ({
  kind: "nil",
  content: 0,
  end: 0,
  count: 0,
  problem: undefined,
  problemAt: 0,
});

/** Resets the problem of the previous message. */
export function clear(head: Head): void {
  head.problem = undefined;
}

/** From 0xc0 to 0xdf. */
const KINDS: readonly Kind[] = [
  ...(["nil", "unused", "boolean", "boolean", "binary", "binary", "binary"] as const),
  ...(["extension", "extension", "extension", "float", "float"] as const),
  ...(["integer", "integer", "integer", "integer", "integer", "integer", "integer", "integer"] as const),
  ...(["extension", "extension", "extension", "extension", "extension"] as const),
  ...(["string", "string", "string", "array", "array", "map", "map"] as const),
];
/** Number of bytes of the number, of the extension, or of the length before the content. */
const WIDTHS = [
  0, 0, 0, 0, 1, 2, 4, 1, 2, 4, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 16, 1, 2, 4, 2, 4, 2, 4,
] as const;
const FIRST_FIXED_EXTENSION = 0xd4;
const LAST_FIXED_EXTENSION = 0xd8;

/** Reads the head of the value at `at` into `head`. @returns false when there is none: see `head.problem` */
export function readHead(bytes: Uint8Array, at: number, limit: number, head: Head): boolean {
  if (at >= limit) return fail(head, CUT_OFF, at);
  const first = bytes[at] as number;
  head.content = at + 1;
  head.count = 0;
  let length = 0;
  if (first < 0x80 || first >= 0xe0) {
    head.kind = "integer";
    head.content = at;
    length = 1;
  } else if (first < 0x90) {
    head.kind = "map";
    head.count = (first & 15) * 2;
  } else if (first < 0xa0) {
    head.kind = "array";
    head.count = first & 15;
  } else if (first < 0xc0) {
    head.kind = "string";
    length = first & 31;
  } else {
    const kind = KINDS[first - 0xc0] as Kind;
    const width = WIDTHS[first - 0xc0] as number;
    head.kind = kind;
    if (kind === "unused") return fail(head, "0xc1 is no value", at);
    const fixedExtension = first >= FIRST_FIXED_EXTENSION && first <= LAST_FIXED_EXTENSION;
    if (kind === "integer" || kind === "float" || fixedExtension) length = width;
    else if (width > 0) {
      if (at + 1 + width > limit) return fail(head, CUT_OFF, limit);
      const given = readUnsigned(bytes, at + 1, width);
      head.content += width;
      if (kind === "array") head.count = given;
      else if (kind === "map") head.count = given * 2;
      else length = given;
    }
    // The content of an extension begins after its type.
    if (kind === "extension") head.content++;
  }
  head.end = head.content + length;
  return head.end > limit ? fail(head, CUT_OFF, limit) : true;
}

/** Index after the value at `at`, including nested values; -1 if it is incomplete: see `head.problem`. */
export function skipValue(bytes: Uint8Array, at: number, limit: number, head: Head): number {
  let to = at;
  for (let open = 1; open > 0; open--) {
    if (!readHead(bytes, to, limit, head)) return -1;
    to = head.end;
    open += head.count;
    if (open - 1 > limit - to) {
      fail(head, CUT_OFF, limit);
      return -1;
    }
  }
  return to;
}

/** Big-endian, at most 32 bits. */
export function readUnsigned(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (bytes[at + i] as number);
  return value;
}

function fail(head: Head, problem: string, at: number): false {
  head.problem = problem;
  head.problemAt = at;
  return false;
}
