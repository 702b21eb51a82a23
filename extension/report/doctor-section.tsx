/** What the connection doctor found: the newest finished run of each hub. */
import { DoctorResult } from "../../panel/content/doctor-result.tsx";
import { appUses } from "../core/doctor/app-uses.ts";
import { reportOf } from "../core/doctor/report-of.ts";
import { endOfRun } from "../core/model/doctor-run-end.ts";
import type { DoctorRunModel, RecordingModel } from "../core/model/types.ts";
import { endedEarly } from "../wording/doctor-labels.ts";

/** A run that was ended early counts only where there is no other. */
export function doctorRunsToReport({ pages }: RecordingModel): readonly DoctorRunModel[] {
  const newest = new Map<string, DoctorRunModel>();
  const over = pages.flatMap((page) =>
    page.doctorRuns.filter((run) => endOfRun(run, page) !== null && run.facts.length > 0),
  );
  over.sort((a, b) => Number(a.end === "completed") - Number(b.end === "completed") || a.from - b.from);
  for (const run of over) newest.set(`${run.page} ${run.began.url}`, run);
  return [...newest.values()].sort((a, b) => a.from - b.from);
}

interface Props {
  readonly runs: readonly DoctorRunModel[];
  readonly model: RecordingModel;
}

export const DoctorSection = ({ runs, model }: Props) => (
  <section id="doctor">
    <h2>Connection doctor</h2>
    {runs.map((run) => (
      <article key={`${run.page} ${run.run}`} class="card">
        <DoctorResult
          run={run}
          report={reportOf(run, model)}
          uses={appUses(run, model)}
          early={endedEarly(run, true)}
        />
      </article>
    ))}
  </section>
);
