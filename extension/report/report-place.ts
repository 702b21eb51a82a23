import type { EpochMilliseconds } from "../core/units.ts";
import type { Zone } from "../core/text/format.ts";
import type { NameOf } from "../wording/connection-names.ts";

/** What every part of a report needs to know. */
export interface ReportPlace {
  /** Until when what isn't over has lasted: the end of the recording. */
  readonly end: EpochMilliseconds;
  /** Where the times are told. */
  readonly zone: Zone;
  readonly nameOf: NameOf;
}
