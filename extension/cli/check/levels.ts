/** How bad something is: findings and scenarios on one scale. */
import { SEVERITIES, type Severity } from "../../core/diagnosis/findings/finding.ts";
import type { ScenarioResult } from "../../core/scenarios/result.ts";
import { usageError } from "../exit.ts";

/** What `--fail-on` takes. "fail" and "warn" are the words of scenarios' verdicts for the same. */
export const LEVEL_NAMES = ["high", "medium", "low", "fail", "warn", "none"] as const;

/** The least severity at which the command fails. null: at none. */
export type FailOn = Severity | null;

export function readFailOn(name: string): FailOn {
  switch (name.toLowerCase()) {
    case "high":
    case "fail":
      return "high";
    case "medium":
    case "warn":
      return "medium";
    case "low":
      return "low";
    case "none":
      return null;
    default:
      throw usageError(`there is no level "${name}". There are ${LEVEL_NAMES.join(", ")}.`);
  }
}

/** null: it is no problem of the app, as far as known. A scenario that couldn't run hides what it would have found. */
export function severityOf({ verdict }: ScenarioResult): Severity | null {
  switch (verdict) {
    case "fail":
    case "error":
      return "high";
    case "warn":
      return "medium";
    case "pass":
    case "cant-tell":
    case "not-applicable":
    case "stopped":
      return null;
  }
}

export const fails = (severity: Severity | null, failOn: FailOn): boolean =>
  severity !== null && failOn !== null && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
