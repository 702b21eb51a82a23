import type { EpochMilliseconds } from "../core/units.ts";
import type { Zone } from "../core/text/format.ts";

/** What every part of a report needs to know. */
export interface ReportContext {
  /** The end of the recording: what is still going on then has lasted until this time. */
  readonly end: EpochMilliseconds;
  /** The time zone of all times in the report. */
  readonly zone: Zone;
}
