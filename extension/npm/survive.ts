/** What `toSurvive` says when it fails. */
import type { ScenarioResult, Verdict } from "../../content-script/page-build/api.ts";

export interface SurviveOptions {
  /** Shortens the parts that the scenario allows. True when absent. */
  readonly quick?: boolean;
  /** The hub that is tested, by its address without a query; all hubs of the page when absent. */
  readonly hub?: string;
  /** How long to wait for the first connection, in milliseconds; 30,000 when absent. */
  readonly within?: number;
  /** Verdicts that are fine. Only "pass" when absent. */
  readonly accept?: readonly Verdict[];
}

const OPTIONS: readonly string[] = ["quick", "hub", "within", "accept"] satisfies (keyof SurviveOptions)[];

/** @throws TypeError: there is no such option. In JavaScript nothing else says so. */
export function checkOptions(options: SurviveOptions): void {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`toSurvive: there is no option "${unknown}", only ${OPTIONS.join(", ")}.`);
}

const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  pass: "passed",
  warn: "passed with a warning",
  fail: "failed",
  "cant-tell": "could not be judged",
  "not-applicable": "is not applicable to this page",
  error: "failed to run",
  stopped: "was stopped",
};

/** @param pass whether the verdict was accepted: then the message is for `expect(page).not.toSurvive()` */
export function surviveMessage(
  { scenario, title, verdict, why, expectations, missed }: ScenarioResult,
  accept: readonly Verdict[],
  pass: boolean,
): string {
  if (pass) return `The page survives the scenario "${scenario}", which it should not.`;
  const unmet = expectations.filter((one) => !accept.includes(one.verdict) && one.verdict !== "pass");
  return [
    `The scenario "${scenario}" (${title}) ${VERDICT_WORD[verdict]}.`,
    ...(why === null ? [] : [why]),
    ...unmet.flatMap(({ title: expected, verdict: own, say, evidence }) => [
      `  ${own === "fail" ? "✗" : "–"} ${expected}: ${say}`,
      ...evidence.slice(0, 3).map(({ text }) => `      ${text}`),
    ]),
    ...missed.map(({ step, say }) => `  – step ${step + 1} timed out: ${say}`),
  ].join("\n");
}
