/** What became of a scenario. Plain JSON: a scorecard is a list of these. */
import type { FaultId, PageId } from "../ids.ts";
import type { FaultName } from "../faults/vocabulary.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { ExpectationName } from "./expectations.ts";
import type { Judgement, Verdict } from "./judgement.ts";

export interface ScenarioResult {
  readonly scenario: string;
  readonly title: string;
  readonly verdict: Verdict | "stopped";
  /** Why there is no better verdict, in a sentence; null: the expectations say all. */
  readonly why: string | null;
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  /** In what a quick run differed from the real thing. Empty: times were as they are. */
  readonly shortened: readonly string[];
  readonly faults: readonly {
    readonly page: PageId;
    readonly fault: FaultId;
    readonly name: FaultName;
    readonly from: EpochMilliseconds;
    /** null: it isn't known to be over. */
    readonly until: EpochMilliseconds | null;
  }[];
  readonly expectations: readonly ExpectationResult[];
  /** Waits that ran into their limit. */
  readonly missed: readonly { readonly step: number; readonly at: EpochMilliseconds; readonly say: string }[];
}

export interface ExpectationResult extends Judgement {
  readonly that: ExpectationName;
  readonly title: string;
  readonly at: EpochMilliseconds;
}

/** From bad to good. One that doesn't apply says nothing about the others. */
const ORDER: readonly Verdict[] = ["fail", "error", "warn", "cant-tell", "pass"];

/** The worst of them. A wait that was in vain means that the scenario did not go as it should. */
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
