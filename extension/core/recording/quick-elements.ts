/**
 * A quick way to read the objects of a long list, as our own export writes them: without white space. Instead of following quotes and
 * brackets it cuts at what looks like the end of an object and the beginning of the next one, and parses. If what is before the
 * cut is a list of whole values, the cut was right; if not, nothing is read, and the list has to be followed character by character.
 */
import { DEEPEST, endOfElements, newElementScan } from "./value-ends.ts";

/** Not within a text, as its last character would end it; perhaps within a value. */
const BETWEEN = '},{"';

/** How many characters are parsed at once: at first few, as it may be in vain, and then more and more: some five thousand events. */
export const FIRST_QUICK = 16 * 1024;
const MOST_QUICK = 1024 * 1024;
export const moreQuick = (quick: number): number => Math.min(MOST_QUICK, quick * 4);
/** A longer part of an element isn't looked at again with each piece. */
const LONGEST_PART = 64 * 1024;

export interface QuickElements {
  readonly values: readonly unknown[];
  /** The index of the comma behind them. */
  readonly comma: number;
}

/**
 * @param from behind the opening bracket, or a comma between elements
 * @param quick how many characters are parsed at most
 * @returns null: it has to be read in another way
 */
export function quickElements(text: string, from: number, quick: number): QuickElements | null {
  if (text[from] !== "{") return null;
  const comma = text.lastIndexOf(BETWEEN, from + quick) + 1;
  if (comma <= from) return null;
  let values: unknown[];
  try {
    values = JSON.parse(`[${text.slice(from, comma)}]`) as unknown[];
  } catch {
    return null;
  }
  return values.some((value) => isDeeper(value, DEEPEST)) ? null : { values, comma };
}

/** Whether an element goes on behind the text: then it is read together with the next piece. */
export const isCut = (text: string, from: number): boolean =>
  text.length - from < LONGEST_PART && endOfElements(text, from, newElementScan(), 1, Infinity) < 0;

/** Whether there are more levels of lists and objects in each other. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const name in value) {
    const inside: unknown = value[name as keyof typeof value];
    if (typeof inside === "object" && isDeeper(inside, levels - 1)) return true;
  }
  return false;
}
