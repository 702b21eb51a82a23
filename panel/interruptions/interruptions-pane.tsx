import { usePanel } from "../state/panel-state.ts";
import { clock } from "../ui/format.ts";
import { Icon } from "../ui/more-icons.tsx";
import { Advice } from "./advice.tsx";
import { DowntimeCard } from "./card.tsx";
import { InterruptionList } from "./list.tsx";

export function InterruptionsPane() {
  const panel = usePanel();
  const all = panel.selection.downtimes.value;
  const found = panel.selection.downtime.value;
  if (all.length === 0) {
    return (
      <div
        class="pane nothing"
        id="pane"
        role="tabpanel"
        aria-labelledby="tab-interruptions"
        data-testid="no-interruptions"
      >
        <b>No interruption so far</b>
        <p>
          No connection that was up has been lost, and no start has failed. To see what the app does when a
          connection breaks, break it in the fault lab.
        </p>
        <button
          class="btn"
          onClick={() => {
            panel.tab.value = "faults";
          }}
        >
          <Icon name="bolt" />
          Fault lab
        </button>
      </div>
    );
  }
  const at = all.findIndex((one) => one === found || one.downtime === found?.downtime);
  const step = (by: number) => () => {
    const next = panel.selection.step(by);
    if (next) panel.view.reveal(next.downtime.from, next.downtime.until ?? panel.view.extent.peek().to);
  };
  return (
    <div class="pane pane-interruptions" id="pane" role="tabpanel" aria-labelledby="tab-interruptions">
      <InterruptionList />
      <div class="stepper narrow-only">
        <button class="mini" aria-label="Previous interruption" disabled={at <= 0} onClick={step(-1)}>
          <Icon name="left" />
        </button>
        <button class="mini" aria-label="Next interruption" disabled={at >= all.length - 1} onClick={step(1)}>
          <Icon name="right" />
        </button>
        <span>
          {found?.downtime.kind === "failed-start" ? "Failed start" : "Interruption"}{" "}
          <b>
            {at + 1} of {all.length}
          </b>
        </span>
        <span class="grow" />
        {found && (
          <span>
            {clock(found.downtime.from)} · {found.hub.path}
          </span>
        )}
      </div>
      {found ? (
        <div class="downtime">
          <DowntimeCard found={found} />
          <Advice found={found} />
        </div>
      ) : (
        <div class="col nothing">
          <p>Select an interruption in the list or on the timeline.</p>
        </div>
      )}
    </div>
  );
}
