import type { Step } from "../../../extension/core/scenarios/scenario.ts";
import { useNow } from "../../components/use-now.ts";
import { usePanel } from "../../state/panel-state.ts";
import { counted, countdown } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import type { Running } from "../../state/scenarios/run-all.ts";
import { scenariosOf } from "../../state/scenarios/scenario-control.ts";

/** Maximum duration of a step; null: it takes no time. */
function timeOf(step: Step | undefined): number | null {
  if (step?.do === "wait") return step.limit;
  return step?.do === "pause" ? step.time : null;
}

/** The running scenario, its current step, and a stop button. */
export function RunStrip({ running }: { running: Running }) {
  const control = scenariosOf(usePanel());
  const { scenario, progress, steps, done, of, stopping } = running;
  const now = useNow(true);
  const limit = progress === null ? null : timeOf(steps[progress.step]);
  const left = progress === null || limit === null ? null : Math.max(0, progress.at + limit - now);
  const share = progress === null ? 0 : progress.step / steps.length;
  return (
    <div class="running-strip" data-testid="scenario-running" data-scenario={scenario.name}>
      <div class="running-item">
        <span class="word">{stopping ? "Stopping" : "Running"}</span>
        <b>{scenario.title}</b>
        <span
          class="drain fill"
          role="progressbar"
          aria-label="Completed steps"
          aria-valuemin={0}
          aria-valuemax={steps.length}
          aria-valuenow={progress?.step ?? 0}
        >
          <i style={{ width: `${share * 100}%` }} />
        </span>
        <button
          class="btn small"
          disabled={stopping}
          data-testid="scenario-stop"
          onClick={() => {
            control.stop();
          }}
        >
          <Icon name="stop" />
          Stop
        </button>
      </div>
      <span role="status" data-testid="scenario-step">
        {stopping
          ? "Ending injected faults…"
          : progress === null
            ? "Waiting for the page to connect"
            : `Step ${progress.step + 1} of ${progress.of}: ${progress.say}`}
      </span>
      {left !== null && !stopping && <span class="dim">{countdown(left)} left</span>}
      <span class="grow" />
      {of > 1 && (
        <span class="dim wide-only">
          {done + 1} of {counted(of, "scenario")}
        </span>
      )}
    </div>
  );
}
