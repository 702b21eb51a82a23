/** The connection doctor's runs of a recording, and what they say. */
import { reportOf } from "../../../extension/core/doctor/report-of.ts";
import type { DoctorReport } from "../../../extension/core/doctor/report.ts";
import { endOfRun } from "../../../extension/core/model/doctor-run-end.ts";
import type { DoctorRunModel, RecordingModel } from "../../../extension/core/model/types.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { runKey } from "./run-key.ts";

export interface ListedRun {
  readonly key: string;
  readonly run: DoctorRunModel;
  /** null: it goes on. */
  readonly end: EpochMilliseconds | null;
}

/** Newest first. */
export const runsOf = ({ pages }: RecordingModel): readonly ListedRun[] =>
  pages
    .flatMap((page) =>
      page.doctorRuns.map((run): ListedRun => ({ key: runKey(run), run, end: endOfRun(run, page) })),
    )
    .sort((a, b) => b.run.from - a.run.from);

const known = new WeakMap<DoctorRunModel, { readonly facts: number; readonly report: DoctorReport }>();

/** The verdicts of a run. They are remembered until there are more facts. */
export function remembered(run: DoctorRunModel, model: RecordingModel): DoctorReport {
  const last = known.get(run);
  if (last?.facts === run.facts.length) return last.report;
  const report = reportOf(run, model);
  known.set(run, { facts: run.facts.length, report });
  return report;
}
