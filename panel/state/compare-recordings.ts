/** Compares the shown recording with another stored one: the older one is "before". */
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import { LOCAL } from "../../extension/core/text/format.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import { compareRecordings, type RecordingComparison } from "../../extension/report/facts/comparison.ts";
import { factsOf, type ReportFacts } from "../../extension/report/facts/report-facts.ts";
import type { Recording } from "./recordings.ts";
import { scorecardOf } from "./scenarios/user-data.ts";
import type { PanelSource } from "./source.ts";

export interface Compared {
  readonly before: Recording;
  readonly after: Recording;
  readonly facts: { readonly before: ReportFacts; readonly after: ReportFacts };
  readonly comparison: RecordingComparison;
}

/** @param model of `shown` */
export async function compareStored(
  source: PanelSource,
  shown: Recording,
  model: RecordingModel,
  other: Recording,
): Promise<Compared> {
  const scorecards = await source.userData("scorecards");
  const now = source.now();
  const ofShown = factsFor(source, shown, model, scorecards, now);
  const ofOther = factsFor(source, other, await modelOf(source, other), scorecards, now);
  const isOlder = other.startedAt <= shown.startedAt;
  const facts = isOlder ? { before: ofOther, after: ofShown } : { before: ofShown, after: ofOther };
  return {
    before: isOlder ? other : shown,
    after: isOlder ? shown : other,
    facts,
    comparison: compareRecordings(facts.before, facts.after),
  };
}

async function modelOf(source: PanelSource, { pages }: Recording): Promise<RecordingModel> {
  const reducer = createReducer();
  for (const { page } of pages)
    for await (const block of source.readBlocks(page, 0)) reducer.apply(page, block);
  return reducer.model;
}

function factsFor(
  { hubscope }: PanelSource,
  { pages }: Recording,
  model: RecordingModel,
  scorecards: unknown,
  exportedAt: EpochMilliseconds,
): ReportFacts {
  const scorecard =
    pages[0]?.scorecard ??
    scorecardOf(
      pages.map((page) => ({ page })),
      scorecards,
    );
  return factsOf(model, { hubscope, exportedAt, scorecard, zone: LOCAL });
}
