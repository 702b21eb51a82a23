/** How long to wait before another try. */
import type { EpochMilliseconds, Milliseconds } from "../../core/units.ts";

const FIRST: Milliseconds = 1_000;
const LONGEST: Milliseconds = 16_000;

/**
 * Exponential, with full jitter: a collector that was down isn't asked by everybody at the same moment.
 * @param tries how many there were: 1 or more
 * @param random from 0 to 1
 */
export const backOff = (tries: number, random: number): Milliseconds =>
  random * Math.min(LONGEST, FIRST * 2 ** (tries - 1));

/**
 * The header Retry-After: seconds, or a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). null: it says nothing that can be
 * used, or a time that has come. Infinity: more than a number can be.
 */
export function retryAfter(header: string | null, now: EpochMilliseconds): Milliseconds | null {
  const text = header?.trim() ?? "";
  // RFC 9110 has only digits, but whoever asks for 1e9 seconds wants no other try either. A date begins with the name of a day: Date.parse
  // takes numbers for dates, too.
  const seconds = Number(/^[\d.e+]+$/i.test(text) ? text : NaN);
  const wait = /^[a-z]{3}/i.test(text) ? Date.parse(text) - now : seconds * 1_000;
  return wait > 0 ? wait : null;
}
