import type { EpochMilliseconds } from "../units.ts";

/** The times of a Date. What is computed of a hostile recording may be outside of it. */
const LATEST: EpochMilliseconds = 8.64e15;

/** "2026-11-24T10:44:15.123Z". Cut, as everywhere: a clock shows what has begun. */
export const isoTime = (t: EpochMilliseconds): string =>
  new Date(Math.max(-LATEST, Math.min(LATEST, Math.floor(t)))).toISOString();
