import { RunningFaults } from "../../components/running-faults.tsx";
import { usePanel } from "../../state/panel-state.ts";
import { PanelContent } from "../../components/panel-content.tsx";
import { Comparison } from "./comparison.tsx";
import { RunStrip } from "./run-strip.tsx";
import { ScenarioEditor } from "./scenario-editor.tsx";
import { ScenarioList } from "./scenario-list.tsx";
import { scenariosOf } from "../../state/scenarios/scenario-control.ts";
import { ScenarioView } from "./scenario-view.tsx";
import { ScorecardHead } from "../../components/scorecard-head.tsx";

/** The Scenarios tab: the list, the running scenario, and the results. */
export function ScenariosPane() {
  const panel = usePanel();
  const control = scenariosOf(panel);
  const listed = control.all.value.find(({ scenario }) => scenario.name === control.chosen.value);
  const beside = control.beside.value;
  return (
    <div class="pane pane-lab" id="pane" role="tabpanel" aria-labelledby="tab-scenarios">
      {control.running.value ? <RunStrip running={control.running.value} /> : <RunningFaults />}
      <div class="pane-scenarios">
        <section class="col scenario-side" aria-label="Scenarios">
          <ScorecardHead />
          <ScenarioList />
        </section>
        <section class="col scenario-main" aria-live="off" tabIndex={-1}>
          {beside.show === "comparison" && <Comparison />}
          {beside.show === "editor" && (
            <ScenarioEditor key={`${beside.replaces ?? ""}:${beside.text}`} {...beside} />
          )}
          {beside.show === "scenario" && listed && (
            <PanelContent>
              <ScenarioView key={listed.scenario.name} listed={listed} />
            </PanelContent>
          )}
        </section>
      </div>
    </div>
  );
}
