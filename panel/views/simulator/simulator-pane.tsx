import { useEffect } from "preact/hooks";
import { useEvents } from "../../state/follow-events.ts";
import { usePanel } from "../../state/panel-state.ts";
import { simulatorOf } from "../../state/simulator/simulator-control.ts";
import { HerdForm } from "./herd-form.tsx";
import { Results } from "./results.tsx";
import { bestKnown } from "./start-from.tsx";

/** The Simulator tab: what happens when many clients lose their connections at once. */
export function SimulatorPane() {
  const panel = usePanel();
  const control = simulatorOf(panel);
  useEvents();
  useEffect(() => {
    if (control.runs.peek() !== null || control.progress.peek() !== null) return;
    const hub = bestKnown(panel.loaded.peek()?.model.hubs ?? []);
    if (hub) control.startFrom(hub);
    void control.run();
  }, [control]);
  return (
    <div class="pane pane-run" id="pane" role="tabpanel" aria-labelledby="tab-simulator">
      <section class="col simulator-side" aria-label="What is simulated">
        <HerdForm control={control} hubs={panel.loaded.value?.model.hubs ?? []} />
      </section>
      <section class="col simulator-main" aria-label="Results" tabIndex={0}>
        <Results control={control} />
      </section>
    </div>
  );
}
