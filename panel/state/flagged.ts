/** What is shown of the findings outside of their own tab: their number, and flags on the timeline. */
import type { Severity } from "../../extension/core/diagnosis/findings/finding.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";

/** A moment of a finding on the timeline. */
export interface Flag {
  readonly t: EpochMilliseconds;
  readonly hubKey: string;
  readonly severity: Severity;
  readonly text: string;
  /** Key of the finding. */
  readonly finding: string;
}

export interface Flagged {
  /** How many findings are open. null: not looked for yet. */
  readonly open: number | null;
  /** By hub connection, in order of time. */
  readonly flags: ReadonlyMap<string, readonly Flag[]>;
}

export const NOT_LOOKED: Flagged = { open: null, flags: new Map() };
