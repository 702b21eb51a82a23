/** The result of a scenario. Plain JSON: a scorecard is a list of these. */
import type { FaultId, PageId } from "../ids.ts";
import type { FaultName } from "../faults/vocabulary.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { ExpectationName } from "./expectations.ts";
import type { Judgement, Verdict } from "./judgement.ts";

export interface ScenarioResult {
  readonly scenario: string;
  readonly title: string;
  readonly verdict: Verdict | "stopped";
  /** The reason for the verdict, in a sentence; null: see the expectations. */
  readonly why: string | null;
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  /** What was shortened in a quick run. Empty: nothing. */
  readonly shortened: readonly string[];
  readonly faults: readonly {
    readonly page: PageId;
    readonly fault: FaultId;
    readonly name: FaultName;
    readonly from: EpochMilliseconds;
    /** null: it has not ended, or its end is not known. */
    readonly until: EpochMilliseconds | null;
  }[];
  readonly expectations: readonly ExpectationResult[];
  /** Waits that reached their time limit. */
  readonly missed: readonly { readonly step: number; readonly at: EpochMilliseconds; readonly say: string }[];
}

export interface ExpectationResult extends Judgement {
  readonly that: ExpectationName;
  readonly title: string;
  readonly at: EpochMilliseconds;
}

/** From bad to good. "not-applicable" doesn't count. */
const ORDER: readonly Verdict[] = ["fail", "error", "warn", "cant-tell", "pass"];

/** The worst verdict. A wait that reached its limit means that the scenario didn't run as intended. */
export function overall(
  expectations: readonly Pick<Judgement, "verdict">[],
  missed: number,
): { verdict: Verdict; why: string | null } {
  const worst = ORDER.find((verdict) => expectations.some((one) => one.verdict === verdict));
  if (worst === undefined) return { verdict: "cant-tell", why: "No expectations." };
  return worst === "pass" && missed > 0
    ? { verdict: "warn", why: "A step timed out, so this is a pass with a warning." }
    : { verdict: worst, why: null };
}
