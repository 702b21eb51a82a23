/** Which findings and checks are listed. Pure. */
import type { FindingResult } from "../../../extension/core/diagnosis/findings/find.ts";
import { isProven, type FindingGroup } from "../../../extension/core/diagnosis/findings/finding.ts";
import { FINDINGS } from "../../../extension/core/diagnosis/findings/registry.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { stateOf, type Shown } from "../../state/findings/findings-control.ts";
import type { ListedFinding } from "../../state/findings/listed.ts";

export interface Row {
  readonly result: FindingResult;
  /** null: it is a check that found nothing. */
  readonly finding: ListedFinding | null;
  readonly title: string;
  /** When it was found in an earlier recording of this site. null: never. */
  readonly before: EpochMilliseconds | null;
}

/** The order in which they can be chosen. */
export const SHOWN: readonly Shown[] = [
  "open",
  "gone",
  "done",
  "ignored",
  "ok",
  "cant-tell",
  "not-applicable",
  "error",
];

/** Findings, worst first, then checks that found nothing. */
export const allRows = (
  results: readonly FindingResult[],
  found: readonly ListedFinding[],
  foundBefore: (result: FindingResult) => EpochMilliseconds | null,
): Row[] => [
  ...found.map((finding) => ({
    result: finding.result,
    finding,
    title: FINDINGS[finding.result.id].title,
    before: null,
  })),
  ...results
    .filter(({ answer }) => answer.answer !== "found")
    .map((result) => {
      const before = foundBefore(result);
      const { title, subject } = FINDINGS[result.id];
      return { result, finding: null, before, title: before === null ? subject : title };
    }),
];

function shownAs({ result, finding, before }: Row): Shown {
  if (finding) return stateOf(finding);
  if (before !== null && isProven(result.answer)) return "gone";
  const { answer } = result.answer;
  return answer === "found" ? "open" : answer;
}

export interface Filter {
  readonly show: Shown;
  readonly group: FindingGroup | null;
  readonly text: string;
}

/** The text is searched in title, hub, and what was found. */
export function listed(rows: readonly Row[], { show, group, text }: Filter): Row[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const { result, title } = row;
    if (shownAs(row) !== show) return false;
    if (group !== null && FINDINGS[result.id].group !== group) return false;
    const all = `${title} ${result.hub} ${result.answer.say} ${result.id}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export function countsOf(rows: readonly Row[]): Readonly<Record<Shown, number>> {
  const counts: Record<Shown, number> = {
    open: 0,
    gone: 0,
    done: 0,
    ignored: 0,
    ok: 0,
    "cant-tell": 0,
    "not-applicable": 0,
    error: 0,
  };
  for (const row of rows) counts[shownAs(row)]++;
  return counts;
}
