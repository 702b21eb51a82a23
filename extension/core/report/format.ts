/** Times and figures in words, the same in report and panel. */
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";

/** How far local time is ahead of UTC at that time. */
export type Zone = (t: EpochMilliseconds) => Milliseconds;

export const UTC: Zone = () => 0;

const local = (t: EpochMilliseconds, zone: Zone): string => new Date(t + zone(t)).toISOString();

/** "10:44:15.004". */
export const clock = (t: EpochMilliseconds, zone: Zone = UTC): string => local(t, zone).slice(11, 23);

/** "2026-11-24 10:44:15 +01:00": in a file that travels a local time says where it is local. */
export const dateTime = (t: EpochMilliseconds, zone: Zone = UTC): string =>
  `${local(t, zone).slice(0, 19).replace("T", " ")} ${offsetWord(zone(t))}`;

/** "+01:00". */
export function offsetWord(offset: Milliseconds): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

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
