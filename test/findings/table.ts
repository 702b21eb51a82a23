/** Prints which findings the runs have shown, and how often Hubscope was right. */
import { FINDING_IDS } from "../../extension/core/diagnosis/findings/registry.ts";
import type { Expected, Judged } from "./judge.ts";

const COLUMNS: readonly (readonly [Expected, string])[] = [
  ["has", "has"],
  ["hasNot", "hasn't"],
  ["cantTell", "can't tell"],
];

/** A row for each finding: right of all, for those that have it, haven't, and can't tell. */
export function tableOf(judged: readonly Judged[]): string {
  const widest = Math.max(...FINDING_IDS.map((id) => id.length));
  const cell = (text: string): string => `  ${text.padStart(10)}`;
  return [
    `${"finding".padEnd(widest)}${COLUMNS.map(([, title]) => cell(title)).join("")}`,
    ...FINDING_IDS.map((id) => {
      const cells = COLUMNS.map(([expected]) => {
        const own = judged.filter((one) => one.id === id && one.expected === expected);
        const right = own.filter((one) => one.right).length;
        return cell(own.length === 0 ? "·" : `${right} of ${own.length}`);
      });
      return `${id.padEnd(widest)}${cells.join("")}`;
    }),
  ].join("\n");
}
