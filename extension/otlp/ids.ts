/**
 * Ids of traces and spans, made from what they name: the same recording gives the same ids each time. They needn't be secret or random, only
 * different.
 */
import type { SpanId } from "./types.ts";

/** FNV-1a with a finish that mixes all bits (as in MurmurHash3), 32 bits. */
function hash(text: string, seed: number): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const hex = (text: string, words: number): string => {
  let found = "";
  for (let word = 1; word <= words; word++)
    found += hash(`${word}:${text}`, Math.imul(word, 0x9e3779b1)).toString(16).padStart(8, "0");
  // All zeros are no id.
  return /[^0]/.test(found) ? found : found.replace(/.$/, "1");
};

const traceIdOf = (name: string): string => hex(`trace ${name}`, 4);
export const spanIdOf = (name: string): string => hex(`span ${name}`, 2);

/** Of a span that begins a trace. */
export const rootOf = (name: string): SpanId => ({ traceId: traceIdOf(name), spanId: spanIdOf(name) });
