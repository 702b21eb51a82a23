/** Times in reports. Whoever reads one compares it with the logs of a server, often in another time zone. */
import { clock, dateTime, offsetWord, UTC, type Zone } from "../../core/text/format.ts";
import type { EpochMilliseconds } from "../../core/units.ts";

export interface ReportTimes {
  readonly zone: Zone;
  /** All local times are UTC. */
  readonly isUtc: boolean;
  /** "11:01:02.301", with date and offset where they differ within the recording. */
  local(t: EpochMilliseconds): string;
  /** "10:01:02.301 UTC", with its date if there are several. */
  utc(t: EpochMilliseconds): string;
  /** "11:01:02.301 (10:01:02.301 UTC)", where the offset is said elsewhere. */
  short(t: EpochMilliseconds): string;
  /** "11:01:02.301 +01:00 (10:01:02.301 UTC)". */
  both(t: EpochMilliseconds): string;
  /** "11:01:02.301 to 11:01:14.900 +01:00 (10:01:02.301 to 10:01:14.900 UTC)". */
  clocks(from: EpochMilliseconds, to: EpochMilliseconds): string;
  /** "2026-11-24 11:00:00 to 11:04:06 +01:00 (10:00:00 to 10:04:06 UTC)". */
  span(from: EpochMilliseconds, to: EpochMilliseconds): string;
}

/** Offsets can change only where a day or more of a recording has several; each half hour is looked at, as its clocks change then. */
const HALF_HOUR = 1_800_000;
const MOST_LOOKS = 2_000;

export function timesIn(from: EpochMilliseconds, to: EpochMilliseconds, zone: Zone): ReportTimes {
  const dayOf = (t: EpochMilliseconds, at: Zone): string => dateTime(t, at).slice(0, 10);
  const isOneOffset = hasOneOffset(from, to, zone);
  const isUtc = isOneOffset && zone(from) === 0;
  const withDay = (t: EpochMilliseconds, at: Zone): string =>
    dayOf(from, at) === dayOf(to, at) ? clock(t, 3, at) : `${dayOf(t, at)} ${clock(t, 3, at)}`;
  const local = (t: EpochMilliseconds): string =>
    isUtc || isOneOffset ? withDay(t, zone) : `${withDay(t, zone)} ${offsetWord(zone(t))}`;
  const utc = (t: EpochMilliseconds): string => `${withDay(t, UTC)} UTC`;
  return {
    zone,
    isUtc,
    local,
    utc,
    short: (t) => (isUtc ? utc(t) : `${local(t)} (${utc(t)})`),
    both: (t) => (isUtc ? utc(t) : `${local(t)}${isOneOffset ? ` ${offsetWord(zone(t))}` : ""} (${utc(t)})`),
    clocks(begin, end) {
      const inUtc = `${withDay(begin, UTC)} to ${utc(end)}`;
      const offset = isOneOffset ? ` ${offsetWord(zone(begin))}` : "";
      return isUtc ? inUtc : `${local(begin)} to ${local(end)}${offset} (${inUtc})`;
    },
    span(begin, end) {
      const inUtc = spanAt(begin, end, UTC).replaceAll(" +00:00", "");
      return isUtc ? `${inUtc} UTC` : `${spanAt(begin, end, zone)} (${inUtc} UTC)`;
    },
  };
}

function hasOneOffset(from: EpochMilliseconds, to: EpochMilliseconds, zone: Zone): boolean {
  const first = zone(from);
  if (zone(to) !== first) return false;
  const step = Math.max(HALF_HOUR, (to - from) / MOST_LOOKS);
  for (let t = from; t < to; t += step) if (zone(t) !== first) return false;
  return true;
}

function spanAt(from: EpochMilliseconds, to: EpochMilliseconds, zone: Zone): string {
  const [begin, end] = [dateTime(from, zone), dateTime(to, zone)];
  const isOneOffset = zone(from) === zone(to);
  const isOneDay = begin.slice(0, 10) === end.slice(0, 10);
  return `${isOneOffset ? begin.slice(0, 19) : begin} to ${isOneDay ? end.slice(11) : end}`;
}
