import { useRef } from "preact/hooks";
import { appUses } from "../../../extension/core/doctor/app-uses.ts";
import { endedEarly } from "../../../extension/wording/doctor-labels.ts";
import { doctorText } from "../../../extension/wording/doctor-text.ts";
import { PanelContent } from "../../components/panel-content.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { DoctorResult } from "../../content/doctor-result.tsx";
import { doctorOf } from "../../state/doctor/doctor-control.ts";
import { doctorHubs } from "../../state/doctor/doctor-hubs.ts";
import { remembered, runsOf, type ListedRun } from "../../state/doctor/doctor-runs.ts";
import { whyNoDoctor } from "../../state/doctor/why-not.ts";
import { useEvents } from "../../state/follow-events.ts";
import { usePanel } from "../../state/panel-state.ts";
import { DoctorForm } from "./doctor-form.tsx";
import { RunList } from "./run-list.tsx";
import { RunProgress } from "./run-progress.tsx";

/** The Doctor tab: what of SignalR works from this page, this browser and this network, and whose problem it is if not. */
export function DoctorPane() {
  const panel = usePanel();
  const control = doctorOf(panel);
  useEvents();
  const model = panel.loaded.value?.model;
  const isLive = panel.isLive.value;
  const runs = model ? runsOf(model) : [];
  const hubs = model ? doctorHubs(model) : [];
  const shown = runs.find(({ key }) => key === control.chosen.value) ?? runs[0];
  const goesOn = (run: ListedRun): boolean => run.end === null && isLive;
  const running = runs.find(goesOn);
  // The run that this tab last saw going on: its end is announced.
  const watched = useRef<string | null>(null);
  if (running) watched.current = running.key;
  const ended = running ? undefined : runs.find(({ key }) => key === watched.current);
  return (
    <div class="pane pane-run" id="pane" role="tabpanel" aria-labelledby="tab-doctor">
      <section class="col doctor-side" aria-label="What is tried">
        <DoctorForm
          control={control}
          hubs={hubs}
          hasRun={runs.length > 0}
          running={running}
          outcome={
            ended && model ? (endedEarly(ended.run, true) ?? remembered(ended.run, model).headline) : ""
          }
          reason={whyNoDoctor(panel, hubs.length)}
        >
          {runs.length > 0 && model && <RunList runs={runs} shown={shown} model={model} goesOn={goesOn} />}
        </DoctorForm>
      </section>
      <section class="col doctor-main" aria-label="Result" tabIndex={0} data-testid="doctor-main">
        {!shown || !model ? (
          <div class="nothing">
            <p>Not run in this recording.</p>
            <p>
              The connection doctor tries what SignalR needs from this page, in this browser and this network,
              and says whether a problem is in the app, at the server, or between them.
            </p>
          </div>
        ) : goesOn(shown) ? (
          <RunProgress key={shown.key} shown={shown} />
        ) : (
          <PanelContent>
            <Result key={shown.key} shown={shown} />
          </PanelContent>
        )}
      </section>
    </div>
  );
}

function Result({ shown: { run } }: { shown: ListedRun }) {
  const panel = usePanel();
  useEvents();
  const model = panel.loaded.value?.model;
  if (!model) return null;
  const report = remembered(run, model);
  const uses = appUses(run, model);
  return (
    <article class="doctor-result" data-testid="doctor-result" data-where={report.where ?? ""}>
      <div class="doctor-copy">
        <CopyButton text={doctorText(run, report, uses)} label="Copy as text" />
      </div>
      <DoctorResult run={run} report={report} uses={uses} early={endedEarly(run, true)} />
    </article>
  );
}
