/** Compares two scorecards: what is better and what is worse. */
import { EXPECTATIONS, type ExpectationName } from "./expectations.ts";
import type { ExpectationKind, Figure } from "./judgement.ts";
import type { ExpectationResult, ScenarioResult } from "./result.ts";
import type { Scorecard } from "./scorecard.ts";

export type Change = "better" | "worse" | "same" | "new" | "gone" | "unknown";

export interface ComparedFigure {
  readonly that: ExpectationName;
  readonly title: string;
  readonly before: Figure | null;
  readonly after: Figure | null;
  readonly change: Change;
}

export interface ComparedScenario {
  readonly scenario: string;
  readonly title: string;
  readonly before: ScenarioResult["verdict"] | null;
  readonly after: ScenarioResult["verdict"] | null;
  readonly change: Change;
  /** Why the two can't be compared; null: they can. */
  readonly unlike: string | null;
  readonly figures: readonly ComparedFigure[];
}

export interface Comparison {
  readonly scenarios: readonly ComparedScenario[];
  readonly better: number;
  readonly worse: number;
}

/** Verdicts without a rank say nothing about the page. */
const RANKS: Readonly<Partial<Record<ScenarioResult["verdict"], number>>> = { fail: 1, warn: 2, pass: 3 };

/** A smaller difference is random. */
const NOTABLE = { part: 0.2, ms: 250 };

export function compareScorecards(before: Scorecard, after: Scorecard): Comparison {
  const names = new Set([...after.results, ...before.results].map(({ scenario }) => scenario));
  const scenarios = [...names].map((name) =>
    compareScenario(
      before.results.findLast(({ scenario }) => scenario === name),
      after.results.findLast(({ scenario }) => scenario === name),
    ),
  );
  const count = (change: Change): number => scenarios.filter((one) => one.change === change).length;
  return { scenarios, better: count("better"), worse: count("worse") };
}

function compareScenario(
  before: ScenarioResult | undefined,
  after: ScenarioResult | undefined,
): ComparedScenario {
  const about = {
    scenario: (after ?? before)?.scenario ?? "",
    title: (after ?? before)?.title ?? "",
    before: before?.verdict ?? null,
    after: after?.verdict ?? null,
  };
  if (!before) return { ...about, change: "new", unlike: null, figures: [] };
  if (!after) return { ...about, change: "gone", unlike: null, figures: [] };
  if (before.shortened.join() !== after.shortened.join())
    return {
      ...about,
      change: "unknown",
      unlike: "The runs used different modes, or different shortened times.",
      figures: [],
    };
  const figures = after.expectations.map((expected, i) =>
    compareFigure(nthOf(before.expectations, expected.that, after.expectations, i), expected),
  );
  const [was, is] = [RANKS[before.verdict], RANKS[after.verdict]];
  const change: Change =
    was === undefined || is === undefined
      ? before.verdict === after.verdict
        ? "same"
        : "unknown"
      : is > was
        ? "better"
        : is < was
          ? "worse"
          : "same";
  return { ...about, change, unlike: null, figures };
}

/** The same expectation may occur several times: the n-th is compared with the n-th. */
function nthOf(
  before: readonly ExpectationResult[],
  that: ExpectationName,
  after: readonly ExpectationResult[],
  i: number,
): ExpectationResult | undefined {
  const n = after.slice(0, i).filter((one) => one.that === that).length;
  return before.filter((one) => one.that === that)[n];
}

function compareFigure(before: ExpectationResult | undefined, after: ExpectationResult): ComparedFigure {
  const { that, title } = after;
  const from = before?.measured ?? null;
  const to = after.measured;
  return { that, title, before: from, after: to, change: before ? changeOf(that, from, to) : "new" };
}

function changeOf(that: ExpectationName, from: Figure | null, to: Figure | null): Change {
  if (from === null || to === null) return from === to ? "same" : "unknown";
  const difference = to.value - from.value;
  const threshold =
    to.unit === "count" ? 0 : Math.max(from.value * NOTABLE.part, to.unit === "ms" ? NOTABLE.ms : 0);
  if (Math.abs(difference) <= threshold) return "same";
  const { moreIsBetter = false } = EXPECTATIONS[that] as ExpectationKind;
  return difference > 0 === moreIsBetter ? "better" : "worse";
}
