/** Two recordings beside each other, for example before and after a change: what is better, and what is worse. */
import { isProven, type Severity } from "../../core/diagnosis/findings/finding.ts";
import { isFound, type FindingResult } from "../../core/diagnosis/findings/find.ts";
import { FINDINGS, type FindingId } from "../../core/diagnosis/findings/registry.ts";
import { verdictOf } from "../../core/diagnosis/diagnose.ts";
import { hostOf, pathOf } from "../../core/protocol/addresses.ts";
import { shareUp } from "../../core/model/availability.ts";
import { compareScorecards, type Change, type Comparison } from "../../core/scenarios/compare.ts";
import type { Milliseconds } from "../../core/units.ts";
import type { ReportFacts } from "./report-facts.ts";

export type FigureUnit = "count" | "ms" | "share" | "per-hour";

export interface ComparedFigure {
  readonly name: string;
  readonly unit: FigureUnit;
  /** null: not known, or there is none. */
  readonly before: number | null;
  readonly after: number | null;
  /** "unknown": the two can't be compared, or the figure is neither good nor bad. */
  readonly change: Change;
}

export interface ComparedCause {
  readonly title: string;
  readonly before: number;
  readonly after: number;
}

/**
 * "new": the first recording shows that it wasn't so then. "only-now": the first one couldn't show it.
 * "gone": it was found, and now the app was seen to do it right. "not-seen": it was found, and now nothing speaks for it, but it
 * wasn't put to the test either. "cant-tell": it was found, and the second recording can't show it.
 */
export type FindingChange = "new" | "only-now" | "still" | "gone" | "not-seen" | "cant-tell";

export interface ComparedFinding {
  readonly id: FindingId;
  readonly title: string;
  readonly hub: string;
  /** Of the newer one that found it. */
  readonly severity: Severity;
  readonly change: FindingChange;
}

export interface RecordingComparison {
  /** They have neither the address of a page nor the path of a hub in common. */
  readonly differentPages: boolean;
  readonly figures: readonly ComparedFigure[];
  /** Of interruptions, failed starts and hangs; those that occur most first. */
  readonly causes: readonly ComparedCause[];
  /** New ones first, then those that are still there. */
  readonly findings: readonly ComparedFinding[];
  /** null: one of them has no results of scenarios. */
  readonly scenarios: Comparison | null;
}

export function compareRecordings(before: ReportFacts, after: ReportFacts): RecordingComparison {
  const cards = [before.meta.scorecard, after.meta.scorecard];
  const [first, second] = cards;
  return {
    differentPages: !shareAny(placesOf(before), placesOf(after)),
    figures: FIGURES.map((figure) => compareFigure(figure, before, after)),
    causes: compareCauses(before, after),
    findings: compareFindings(before, after),
    scenarios: first && second ? compareScorecards(first, second) : null,
  };
}

/** Servers differ between a test and production, so the path of a hub is enough. */
const placesOf = ({ model }: ReportFacts): ReadonlySet<string> =>
  new Set([
    ...model.pages.flatMap(({ started }) =>
      started ? [`page ${hostOf(started.url)}${pathOf(started.url)}`] : [],
    ),
    ...model.hubs.map(({ url }) => `hub ${pathOf(url)}`),
  ]);

const shareAny = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].some((one) => others.has(one));

interface FigureKind {
  readonly name: string;
  readonly unit: FigureUnit;
  /** null: it is neither good nor bad. */
  readonly better: "less" | "more" | null;
  /** null: there is none. */
  of(facts: ReportFacts): number | null;
}

const HOUR: Milliseconds = 3_600_000;
/** In a shorter time even one interruption would be many an hour. */
const LEAST_FOR_RATE: Milliseconds = 60_000;

const FIGURES: readonly FigureKind[] = [
  { name: "Recorded", unit: "ms", better: null, of: ({ availability }) => availability.recorded },
  { name: "Hub connections", unit: "count", better: null, of: ({ model }) => model.hubs.length },
  { name: "Interruptions", unit: "count", better: "less", of: ({ summary }) => summary.interruptions },
  {
    name: "Interruptions per hour of connection",
    unit: "per-hour",
    better: "less",
    of: ({ summary, availability: { hubs } }) => {
      const wanted = hubs.reduce((sum, { uptime }) => sum + uptime.up + uptime.down, 0);
      return wanted < LEAST_FOR_RATE ? null : (summary.interruptions * HOUR) / wanted;
    },
  },
  { name: "Failed starts", unit: "count", better: "less", of: ({ summary }) => summary.failedStarts },
  { name: "Availability", unit: "share", better: "more", of: ({ availability }) => shareUp(availability) },
  { name: "Median time to recover", unit: "ms", better: "less", of: (facts) => recovery(facts, 0.5) },
  { name: "Longest time to recover", unit: "ms", better: "less", of: (facts) => recovery(facts, 1) },
  { name: "Not recovered", unit: "count", better: "less", of: (facts) => lost(facts) },
  { name: "Calls lost", unit: "count", better: "less", of: ({ summary }) => summary.lost },
  { name: "Messages missed (estimate)", unit: "count", better: "less", of: ({ summary }) => summary.missed },
];

const interruptionsOf = ({ model }: ReportFacts) => model.hubs.flatMap(({ interruptions }) => interruptions);

function recovery(facts: ReportFacts, share: number): Milliseconds | null {
  const times = interruptionsOf(facts)
    .filter(({ outcome }) => outcome === "reconnected" || outcome === "resumed" || outcome === "restarted")
    .map(({ from, until }) => (until ?? from) - from)
    .sort((a, b) => a - b);
  return times[Math.ceil(times.length * share) - 1] ?? null;
}

/** The app gave up, or the connection wasn't back at the end of the recording. */
const lost = (facts: ReportFacts): number =>
  interruptionsOf(facts).filter(
    ({ outcome }) => outcome === "gave-up" || outcome === "ongoing" || outcome === "closed-by-server",
  ).length;

function compareFigure(
  { name, unit, better, of }: FigureKind,
  before: ReportFacts,
  after: ReportFacts,
): ComparedFigure {
  const [was, is] = [of(before), of(after)];
  const change = changeOf(unit, better, was, is);
  const isFair =
    unit === "count"
      ? !growsWithTime(change, before, after)
      : unit !== "share" || areLongEnough(before, after);
  return { name, unit, before: was, after: is, change: isFair ? change : "unknown" };
}

/** More of it in a much longer recording, or less in a much shorter one, says nothing. */
function growsWithTime(change: Change, before: ReportFacts, after: ReportFacts): boolean {
  const ratio = after.availability.recorded / before.availability.recorded;
  return change === "worse" ? ratio > 1.25 : change === "better" && ratio < 0.8;
}

const LEAST_FOR_SHARE: Milliseconds = 10_000;
const MOST_UNLIKE = 4;

/** One outage is a large part of a short time. */
function areLongEnough(before: ReportFacts, after: ReportFacts): boolean {
  const [shorter = 0, longer = 0] = [before, after]
    .map(({ availability }) => availability.up + availability.down)
    .sort((a, b) => a - b);
  return shorter >= LEAST_FOR_SHARE && longer <= shorter * MOST_UNLIKE;
}

/** A smaller difference is random. */
const NOTABLE: Readonly<Record<FigureUnit, (was: number, is: number) => boolean>> = {
  count: (was, is) => was !== is,
  ms: (was, is) => Math.abs(is - was) > Math.max(250, was * 0.2),
  share: (was, is) => Math.abs(is - was) >= 0.001,
  "per-hour": (was, is) => Math.abs(is - was) > was * 0.2,
};

function changeOf(
  unit: FigureUnit,
  better: FigureKind["better"],
  was: number | null,
  is: number | null,
): Change {
  if (better === null || was === null || is === null) return "unknown";
  if (!NOTABLE[unit](was, is)) return "same";
  return is < was === (better === "less") ? "better" : "worse";
}

function compareCauses(before: ReportFacts, after: ReportFacts): ComparedCause[] {
  const counts = new Map<string, { before: number; after: number }>();
  const count = ({ troubles }: ReportFacts, side: "before" | "after"): void => {
    for (const { one } of troubles) {
      const { title } = verdictOf(one);
      const known = counts.get(title) ?? { before: 0, after: 0 };
      known[side]++;
      counts.set(title, known);
    }
  };
  count(before, "before");
  count(after, "after");
  return [...counts]
    .map(([title, both]) => ({ title, ...both }))
    .sort((a, b) => b.before + b.after - (a.before + a.after));
}

/** The hub's path: the two may have been recorded on different servers. */
const keyOf = ({ id, hub }: FindingResult): string => `${id} ${hub}`;

const ORDER: readonly FindingChange[] = ["new", "only-now", "still", "cant-tell", "not-seen", "gone"];

function compareFindings(before: ReportFacts, after: ReportFacts): ComparedFinding[] {
  const now = new Map(after.checks.map((result) => [keyOf(result), result]));
  const was = new Map(before.checks.map((result) => [keyOf(result), result]));
  const all = [
    ...before.checks.filter(isFound).map((result) => {
      const later = now.get(keyOf(result));
      return compared(later && isFound(later) ? later : result, changeSince(later));
    }),
    ...after.checks
      .filter(isFound)
      .map((result) => ({ result, earlier: was.get(keyOf(result)) }))
      .filter(({ earlier }) => !earlier || !isFound(earlier))
      .map(({ result, earlier }) => compared(result, earlier?.answer.answer === "ok" ? "new" : "only-now")),
  ];
  return all.sort((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
}

const compared = (
  { id, hub, answer }: FindingResult & { readonly answer: { readonly severity: Severity } },
  change: FindingChange,
): ComparedFinding => ({ id, hub, title: FINDINGS[id].title, severity: answer.severity, change });

function changeSince(later: FindingResult | undefined): FindingChange {
  if (!later) return "cant-tell";
  if (isFound(later)) return "still";
  if (isProven(later.answer)) return "gone";
  return later.answer.answer === "ok" ? "not-seen" : "cant-tell";
}
