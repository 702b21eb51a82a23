import type { EpochMilliseconds } from "../core/units.ts";
import type { ReportNames } from "./facts/names.ts";
import type { ReportTimes } from "./facts/times.ts";

/** What every part of a report needs to know. */
export interface ReportContext {
  /** The end of the recording: what is still going on then has lasted until this time. */
  readonly end: EpochMilliseconds;
  readonly times: ReportTimes;
  readonly names: ReportNames;
}
