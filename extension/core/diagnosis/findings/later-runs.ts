/** Whether a finding is gone since the scenario that proves its fix was run. */
import type { RecordingModel } from "../../model/types.ts";
import type { ScenarioResult } from "../../scenarios/result.ts";
import type { EpochMilliseconds } from "../../units.ts";
import { resultOf, type FindingResult } from "./find.ts";
import { isProven, type HubHistory } from "./finding.ts";
import { historiesOf } from "./hub-history.ts";
import { FINDINGS } from "./registry.ts";

export interface LaterRun {
  /** When the newest such run began. */
  readonly t: EpochMilliseconds;
  /** What the time since then says. "not-seen": it can't tell. */
  readonly state: "gone" | "still-there" | "not-seen";
}

/**
 * @param now the end of what is still going on
 * @param runs results of scenarios on this page, oldest first
 * @returns null for a finding whose scenario was not run in this recording
 */
export function laterRuns(
  model: RecordingModel,
  now: EpochMilliseconds,
  runs: readonly ScenarioResult[],
): (result: FindingResult) => LaterRun | null {
  const histories = new Map<EpochMilliseconds, HubHistory[]>();
  const historiesSince = (t: EpochMilliseconds): HubHistory[] => {
    const known = histories.get(t) ?? historiesOf(model, now, t);
    histories.set(t, known);
    return known;
  };
  return (result) => {
    const run = runOf(result, model, runs);
    return run && { t: run.from, state: stateIn(historiesSince(run.from), result) };
  };
}

const runOf = (
  { id }: FindingResult,
  { from, to }: RecordingModel,
  runs: readonly ScenarioResult[],
): ScenarioResult | null =>
  runs.findLast(
    (one) =>
      one.scenario === FINDINGS[id].scenario &&
      one.from > from &&
      one.from <= to &&
      one.verdict !== "stopped",
  ) ?? null;

function stateIn(histories: readonly HubHistory[], { id, url }: FindingResult): LaterRun["state"] {
  const history = histories.find((one) => one.url === url);
  if (!history) return "not-seen";
  const { answer } = resultOf(id, history);
  return answer.answer === "found" ? "still-there" : isProven(answer) ? "gone" : "not-seen";
}
