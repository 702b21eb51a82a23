/** Times, durations and sizes in words: the same in panel, report, scorecard and documentation. */
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";

/** How far local time is ahead of UTC at that time. */
export type Zone = (t: EpochMilliseconds) => Milliseconds;

export const UTC: Zone = () => 0;

/** The time zone of this computer. */
export const LOCAL: Zone = (t) => -60_000 * new Date(t).getTimezoneOffset();

const pad = (n: number, width: number): string => String(n).padStart(width, "0");

const isoTime = (t: EpochMilliseconds, zone: Zone): string => new Date(Math.floor(t) + zone(t)).toISOString();

/** "10:42:07", or with `decimals` of the second "10:42:07.123". Cut, not rounded: a clock shows what has begun. */
export const clock = (t: EpochMilliseconds, decimals: 0 | 1 | 2 | 3 = 0, zone = LOCAL): string =>
  isoTime(t, zone).slice(11, decimals === 0 ? 19 : 20 + decimals);

/** "2026-11-24 10:44:15 +01:00": in a file that is passed on, a local time needs its offset. */
export const dateTime = (t: EpochMilliseconds, zone: Zone): string =>
  `${isoTime(t, zone).slice(0, 19).replace("T", " ")} ${offsetWord(zone(t))}`;

/** "+01:00". */
export function offsetWord(ahead: Milliseconds): string {
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return `${ahead < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

/** "Today 10:42", "24 Nov 10:42". */
export function day(t: EpochMilliseconds, now: EpochMilliseconds): string {
  const date = new Date(t);
  if (date.toDateString() === new Date(now).toDateString()) return clock(t);
  const month = date.toLocaleString("en-GB", { month: "short" });
  return `${date.getDate()} ${month} ${clock(t).slice(0, 5)}`;
}

/** "90 ms", "14.2 s", "1 min 10 s", "2 h 5 min". */
export function duration(ms: Milliseconds): string {
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${trim(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return join(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 2880) return join(Math.floor(minutes / 60), "h", minutes % 60, "min");
  return `${Math.round(minutes / 1440)} days`;
}

const trim = (n: number): string => n.toFixed(1).replace(/\.0$/, "");
const join = (a: number, unitA: string, b: number, unitB: string): string =>
  b === 0 ? `${a} ${unitA}` : `${a} ${unitA} ${b} ${unitB}`;

/** "+1:13", "+2:05:00". */
export function offset(ms: Milliseconds): string {
  const s = Math.round(Math.abs(ms) / 1000);
  const sign = ms < 0 ? "−" : "+";
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor(s / 60) % 60;
  return hours > 0
    ? `${sign}${hours}:${pad(minutes, 2)}:${pad(s % 60, 2)}`
    : `${sign}${minutes}:${pad(s % 60, 2)}`;
}

/** "0:42", a countdown. */
export const countdown = (ms: Milliseconds): string =>
  offset(Math.max(0, Math.ceil(ms / 1000) * 1000)).slice(1);

/** "14,812". By hand, because rows are full of figures and `toLocaleString` is slow. */
export const whole = (n: number): string => String(Math.round(n)).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");

/** "1 message", "14,812 messages". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${whole(n)} ${n === 1 ? one : many}`;

/** "812 B", "32.8 kB", "1.2 MB": 1 kB is 1,000 bytes, as in the browsers' network panels. Exact below 10 kB. */
export function bytes(n: Bytes): string {
  if (n < 10_000) return `${whole(n)} B`;
  if (n < 999_950) return `${trim(n / 1e3)} kB`;
  if (n < 999_950_000) return `${trim(n / 1e6)} MB`;
  return `${trim(n / 1e9)} GB`;
}

/** The beginning of an id, as much as tells two apart. */
export const shortId = (id: string): string => (id.length > 9 ? `${id.slice(0, 8)}…` : id);

/** An estimate, to two figures: 213 becomes 210. */
export function about(n: number): number {
  if (n < 10) return Math.round(n);
  const step = 10 ** (Math.floor(Math.log10(n)) - 1);
  return Math.round(n / step) * step;
}

/** "2.5/s", "12/min", "one in 3.0 min": never 0 of anything. */
export function rate(count: number, time: Milliseconds): string {
  const each = Math.max(1, time) / count;
  if (each <= 1_000) return `${trim(1_000 / each)}/s`;
  return each <= 60_000 ? `${Math.round(60_000 / each)}/min` : `one in ${duration(each)}`;
}
