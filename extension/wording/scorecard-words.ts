/** Labels of verdicts and figures in scorecards. Pure. */
import type { Figure } from "../core/scenarios/judgement.ts";
import type { ScenarioResult } from "../core/scenarios/result.ts";
import { duration, whole } from "../core/text/format.ts";

export const VERDICT_WORD: Readonly<Record<ScenarioResult["verdict"], string>> = {
  pass: "Pass",
  warn: "Warning",
  fail: "Fail",
  "cant-tell": "Can't tell",
  "not-applicable": "Not applicable",
  error: "Error",
  stopped: "Stopped",
};

export function figureInWords({ value, unit }: Figure): string {
  switch (unit) {
    case "ms":
      return duration(value);
    case "%":
      return `${whole(value)} %`;
    case "count":
      return whole(value);
  }
}
