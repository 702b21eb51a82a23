/** Two recordings beside each other, as plain text: for a terminal or a chat. */
import { percentOf } from "./facts/percent-up.ts";
import { SEVERITY_WORD } from "../wording/finding-words.ts";
import type { Change } from "../core/scenarios/compare.ts";
import { duration, whole } from "../core/text/format.ts";
import type { ComparedFigure, FigureUnit, FindingChange, RecordingComparison } from "./facts/comparison.ts";
import { oneLine } from "./facts/sentences.ts";
import type { ReportFacts } from "./facts/report-facts.ts";

export const CHANGE_WORD: Readonly<Record<Change, string>> = {
  better: "better",
  worse: "worse",
  same: "",
  new: "new",
  gone: "gone",
  unknown: "",
};

export const FINDING_CHANGE_WORD: Readonly<Record<FindingChange, string>> = {
  new: "New",
  "only-now": "Found, and not visible in the first one",
  still: "Still there",
  "cant-tell": "Not visible in the second one",
  "not-seen": "Not seen any more, but not put to the test",
  gone: "Gone",
};

export const DIFFERENT_PAGES = "These are recordings of different pages.";

/** A number with its unit; "–" for none. */
export function figureWords(value: number | null, unit: FigureUnit): string {
  if (value === null) return "–";
  const words: Readonly<Record<FigureUnit, (n: number) => string>> = {
    count: whole,
    ms: duration,
    share: percentOf,
    "per-hour": (n) => n.toFixed(1),
  };
  return words[unit](value);
}

export function comparisonText(
  comparison: RecordingComparison,
  before: ReportFacts,
  after: ReportFacts,
): string {
  const { figures, causes, findings, scenarios } = comparison;
  return [
    ...(comparison.differentPages ? [DIFFERENT_PAGES, ""] : []),
    "Comparison of two SignalR recordings",
    `Before: ${about(before)}`,
    `After:  ${about(after)}`,
    "",
    ...table([["", "before", "after", ""], ...figures.map(figureRow)]),
    ...section(
      "Causes",
      table([
        ["", "before", "after"],
        ...causes.map(({ title, before: was, after: is }) => [oneLine(title), whole(was), whole(is)]),
      ]),
      causes.length,
    ),
    ...section(
      "Findings",
      findings.map(
        ({ change, severity, title, hub }) =>
          `  ${FINDING_CHANGE_WORD[change]}: ${oneLine(title)} (${SEVERITY_WORD[severity]}; ${oneLine(hub)})`,
      ),
      findings.length,
    ),
    ...(scenarios
      ? section(
          "Scenarios",
          table([
            ["", "before", "after", ""],
            ...scenarios.scenarios.map(({ title, before: was, after: is, change, unlike }) => [
              oneLine(title),
              was ?? "–",
              is ?? "–",
              unlike ?? CHANGE_WORD[change],
            ]),
          ]),
          scenarios.scenarios.length,
        )
      : []),
  ].join("\n");
}

const about = ({ address, times, model }: ReportFacts): string =>
  `${oneLine(address)}, ${times.span(model.from, model.to)}`;

const figureRow = ({ name, unit, before, after, change }: ComparedFigure): readonly string[] => [
  name,
  figureWords(before, unit),
  figureWords(after, unit),
  CHANGE_WORD[change],
];

const section = (title: string, lines: readonly string[], count: number): string[] =>
  count === 0 ? [] : ["", title, ...lines];

/** Columns as wide as their longest cell; numbers, in all but the first and the fourth, to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, i) => (i === 0 || i === 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ")}`.trimEnd(),
  );
}
