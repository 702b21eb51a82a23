/** How resilient a page is: the newest result of each scenario. Plain, versioned JSON. */
import { counted } from "../text/format.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { ScenarioResult } from "./result.ts";

export const SCORECARD_FORMAT = "hubscope-scorecard";
export const SCORECARD_VERSION = 1;

export interface Scorecard {
  readonly format: typeof SCORECARD_FORMAT;
  readonly version: typeof SCORECARD_VERSION;
  /** Version of Hubscope that wrote it. */
  readonly hubscope: string;
  readonly madeAt: EpochMilliseconds;
  /** Address of the page, without secrets. */
  readonly url: string;
  readonly browser: "chromium" | "firefox";
  readonly results: readonly ScenarioResult[];
}

export interface Summary {
  readonly counts: Readonly<Record<ScenarioResult["verdict"], number>>;
  /** The verdict on the page as a whole; null: there are no results. */
  readonly verdict: "pass" | "warn" | "fail" | null;
  /** One sentence. */
  readonly say: string;
}

export const newScorecard = (
  about: Pick<Scorecard, "hubscope" | "madeAt" | "url" | "browser">,
  results: readonly ScenarioResult[] = [],
): Scorecard => ({ format: SCORECARD_FORMAT, version: SCORECARD_VERSION, ...about, results });

/** A new result replaces the older one of that scenario. */
export function withResult(card: Scorecard, result: ScenarioResult): Scorecard {
  const at = card.results.findIndex(({ scenario }) => scenario === result.scenario);
  return { ...card, results: at < 0 ? [...card.results, result] : card.results.with(at, result) };
}

export function summarize(results: readonly ScenarioResult[]): Summary {
  const counts: Record<ScenarioResult["verdict"], number> = {
    pass: 0,
    warn: 0,
    fail: 0,
    "cant-tell": 0,
    "not-applicable": 0,
    error: 0,
    stopped: 0,
  };
  for (const { verdict } of results) counts[verdict]++;
  const { pass, warn, fail } = counts;
  const judged = pass + warn + fail;
  const open = counts["cant-tell"] + counts.error + counts.stopped;
  const parts = [
    ...(judged === 0
      ? ["No scenario could be evaluated"]
      : [`${pass} of ${counted(judged, "scenario")} passed`]),
    ...(warn > 0 ? [`${warn} with a warning`] : []),
    ...(fail > 0 ? [`${fail} failed`] : []),
    ...(open > 0 ? [`${open} without a verdict`] : []),
    ...(counts["not-applicable"] > 0 ? [`${counts["not-applicable"]} not applicable here`] : []),
  ];
  return {
    counts,
    verdict: judged === 0 ? null : fail > 0 ? "fail" : warn > 0 ? "warn" : "pass",
    say: `${parts.join(", ")}.`,
  };
}
