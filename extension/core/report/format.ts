/** Times and figures in words, the same in report and panel. Times are UTC in a file that travels. */
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";

/** "10:44:15.004" (UTC). */
export const clock = (t: EpochMilliseconds): string => new Date(t).toISOString().slice(11, 23);

/** "2026-11-24 10:44:15 UTC". */
export const dateTime = (t: EpochMilliseconds): string =>
  `${new Date(t).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** "38 ms", "14.2 s", "4 min 6 s". */
export function duration(ms: Milliseconds): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 3_600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

export function size(bytes: Bytes): string {
  if (bytes < 10_000) return `${count(bytes)} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const count = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;
