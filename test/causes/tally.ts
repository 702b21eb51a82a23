/** Counts right and wrong verdicts, and prints them as a table. */
import type { Label } from "./classify.ts";
import { isExpected, type Expected } from "./provocation.ts";

export interface Judged extends Label {
  readonly expected: Expected;
}

/** Minimum shares of right verdicts. */
export const ENOUGH = { probe: 0.95, wire: 0.85 };

/** Enough verdicts are right, and no wrong one has high confidence. False if there are no verdicts. */
export function isEnough(judged: readonly Judged[], wanted: number): boolean {
  const wrong = judged.filter((one) => !isExpected(one.name, one.expected));
  return (
    judged.length > 0 &&
    1 - wrong.length / judged.length >= wanted &&
    wrong.every(({ confidence }) => confidence !== "high")
  );
}

const expectedName = ({ name, expected }: Judged): string =>
  typeof expected === "string"
    ? expected
    : expected.includes(name)
      ? name // any of several expected verdicts counts
      : expected.join(" or ");

/** Rows: the real cause. Columns: how often the verdict was right, and each wrong verdict with its number. */
export function tableOf(judged: readonly Judged[]): string {
  const rows = [...new Set(judged.map(expectedName))].sort();
  const wrong = judged.filter((one) => !isExpected(one.name, one.expected));
  const columns = [...new Set(wrong.map(({ name }) => name))].sort();
  const widest = Math.max(...rows.map((row) => row.length), 0) + 2;
  const cell = (count: number, width: number): string =>
    `  ${(count === 0 ? "·" : String(count)).padStart(width)}`;
  return [
    `${"expected".padEnd(widest)}  right${columns.map((name) => `  ${name}`).join("")}`,
    ...rows.map((row) => {
      const own = judged.filter((one) => expectedName(one) === row);
      const right = own.filter((one) => isExpected(one.name, one.expected)).length;
      const cells = columns.map((column) =>
        cell(own.filter((one) => wrong.includes(one) && one.name === column).length, column.length),
      );
      return `${row.padEnd(widest)}${cell(right, "right".length)}${cells.join("")}`;
    }),
  ].join("\n");
}
