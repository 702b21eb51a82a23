/**
 * Finds where a JSON value ends, or where a list can be cut between two elements, in a text that comes in pieces. It only follows
 * quotes and brackets: what it finds is parsed afterwards. Every character is looked at once, so this loop is kept small.
 */
import { JsonDamage } from "./json-damage.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** Deeper values are refused. Those of a recording have a depth of ten at most. */
export const DEEPEST = 1_000;

/** The state between two pieces. */
export interface Scan {
  depth: number;
  inString: boolean;
  /** The last character was a backslash in a string. */
  escaped: boolean;
}

const newScan = (): Scan => ({ depth: 0, inString: false, escaped: false });

export const isSpace = (c: number): boolean => c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;

/**
 * The index behind the value that goes on at `from`; -1: it doesn't end in this piece. A number or a word ends before the next
 * space, comma or closing bracket.
 */
export function endOfValue(text: string, from: number, scan: Scan): number {
  let i = from;
  if (scan.inString) {
    i = endOfString(text, from, scan);
    if (i === text.length) return -1;
    i++;
    if (scan.depth === 0) return i;
  }
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      i = endOfString(text, i + 1, scan);
      if (i === text.length) return -1;
      if (scan.depth === 0) return i + 1;
    } else if (opens(c)) {
      if (++scan.depth > DEEPEST) throw tooDeep();
    } else if (closes(c)) {
      if (scan.depth === 0) return i;
      if (--scan.depth === 0) return i + 1;
    } else if (scan.depth === 0 && (c === COMMA || isSpace(c))) return i;
  }
  return -1;
}

/** Counts the elements of a list, and remembers the comma behind the last whole one. */
export interface ElementScan extends Scan {
  /** Elements since the last cut that are followed by a comma. */
  elements: number;
  /** The index of the last comma between elements, in the current piece; -1: none. */
  comma: number;
}

export const newElementScan = (): ElementScan => ({ ...newScan(), elements: 0, comma: -1 });

/**
 * Where the list is to be cut: at a comma, when there are `enough` elements or the text since the last cut has `long` characters;
 * or at the bracket that closes it. -1: neither is in this piece.
 */
export function endOfElements(
  text: string,
  from: number,
  scan: ElementScan,
  enough: number,
  long: number,
): number {
  scan.comma = -1;
  let i = scan.inString ? endOfString(text, from, scan) + 1 : from;
  let { depth } = scan;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      i = endOfString(text, i + 1, scan);
    } else if (c === COMMA) {
      if (depth > 0) continue;
      scan.comma = i;
      scan.elements++;
      if (scan.elements >= enough || i - from >= long) break;
    } else if (opens(c)) {
      if (++depth > DEEPEST) throw tooDeep();
    } else if (closes(c)) {
      if (depth === 0) break;
      depth--;
    }
  }
  scan.depth = depth;
  return i < text.length ? i : -1;
}

const opens = (c: number): boolean => c === 0x7b || c === 0x5b;
const closes = (c: number): boolean => c === 0x7d || c === 0x5d;

const tooDeep = (): JsonDamage => new JsonDamage(`it is nested deeper than ${DEEPEST} levels`);

/** The index of the quote that ends the string, which goes on at `from`; the text's length: it goes on in the next piece. */
function endOfString(text: string, from: number, scan: Scan): number {
  let i = scan.escaped ? from + 1 : from;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      scan.inString = scan.escaped = false;
      return i;
    }
    if (c === BACKSLASH) i++;
  }
  scan.inString = true;
  scan.escaped = i > text.length;
  return text.length;
}
