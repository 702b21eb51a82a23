import type { BrowserName } from "../harness/browser/index.ts";
import type { FaultName } from "../../extension/core/faults/vocabulary.ts";
import type { Comparison } from "./compare.ts";
import type { Aspect, Variant } from "./pair.ts";

export interface Row {
  readonly fault: FaultName;
  readonly title: string;
  readonly variant: Variant;
  readonly without: readonly Aspect[];
  readonly comparison?: Comparison;
  /** The error, if one of the two halves could not be run. */
  readonly failure?: string;
  readonly alike: boolean;
}

const ASPECTS: readonly Aspect[] = ["app", "server", "id", "page"];

/** One line for each pair and client configuration: equal, differences as listed, or unexpected differences. */
export function tableOf(browser: BrowserName, rows: readonly Row[]): string {
  const widest = Math.max(...rows.map(({ title }) => title.length), 0);
  const lines = rows.map(({ title, variant, comparison, failure, without }) => {
    const cells = ASPECTS.map((at) =>
      (failure !== undefined ? "failed" : without.includes(at) ? "-" : cell(comparison, at)).padEnd(8),
    );
    return `${title.padEnd(widest)}  ${variant.padEnd(24)}  ${cells.join("  ")}`.trimEnd();
  });
  const count = (is: (row: Row) => boolean): number => rows.filter(is).length;
  const equal = count(
    ({ comparison }) => comparison?.differences.length === 0 && comparison.gone.length === 0,
  );
  const alike = count((row) => row.alike);
  return [
    `${browser}, real against injected`,
    `${"".padEnd(widest)}  ${"client".padEnd(24)}  ${ASPECTS.map((at) => at.padEnd(8)).join("  ")}`.trimEnd(),
    ...lines,
    `${rows.length} compared: ${equal} equal, ${alike - equal} different as known, ${rows.length - alike} otherwise`,
  ].join("\n");
}

function cell(comparison: Comparison | undefined, aspect: Aspect): string {
  if (comparison?.gone.some(({ at }) => at === aspect)) return "NOT SO";
  const difference = comparison?.differences.find(({ at }) => at === aspect);
  if (!difference) return "equal";
  return difference.because.length > 0 ? "known" : "DIFFERS";
}
