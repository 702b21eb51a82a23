/** A recording held against all findings, and the scenarios that were run in it. */
import {
  findIn,
  isFound,
  worstFirst,
  type FindingResult,
  type FoundResult,
} from "../../core/diagnosis/findings/find.ts";
import { laterRuns } from "../../core/diagnosis/findings/later-runs.ts";
import { createReducer } from "../../core/model/reducer.ts";
import type { ScenarioResult } from "../../core/scenarios/result.ts";
import type { EpochMilliseconds } from "../../core/units.ts";
import type { OpenedFile } from "../files/open-file.ts";

export interface CheckedFile {
  /** As it was named. */
  readonly name: string;
  /** null: standard input. */
  readonly path: string | null;
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  /** Of all checks, for each hub. */
  readonly results: readonly FindingResult[];
  /** Those that are still there, worst first. */
  readonly found: readonly FoundResult[];
  /** Keys of those that a scenario, run afterwards, shows to be gone. */
  readonly gone: ReadonlySet<string>;
  readonly scenarios: readonly ScenarioResult[];
  /** What of it could not be read, and so not be checked. */
  readonly warnings: readonly string[];
}

/** A file that can't be read, or not completely. */
export interface UnreadFile {
  readonly name: string;
  readonly problem: string;
}

export async function checkFile({ name, path, recording }: OpenedFile): Promise<CheckedFile> {
  const { model, apply } = createReducer();
  for await (const { page, events } of recording.read()) apply(page.page, events);
  const scenarios = recording.scorecard()?.results ?? [];
  const results = findIn(model, model.to);
  const later = laterRuns(model, model.to, scenarios);
  const isGone = (result: FoundResult): boolean => later(result)?.state === "gone";
  const all = worstFirst(results.filter(isFound));
  return {
    ...{ name, path, from: model.from, to: model.to, results, scenarios, warnings: recording.warnings },
    found: all.filter((result) => !isGone(result)),
    gone: new Set(all.filter(isGone).map(({ key }) => key)),
  };
}
