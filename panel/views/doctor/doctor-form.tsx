import type { ComponentChildren } from "preact";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import type { DoctorControl } from "../../state/doctor/doctor-control.ts";
import type { DoctorHub } from "../../state/doctor/doctor-hubs.ts";
import type { ListedRun } from "../../state/doctor/doctor-runs.ts";
import { useEvents } from "../../state/follow-events.ts";
import { BeforeRun } from "./before-run.tsx";
import { DoctorFields } from "./doctor-fields.tsx";
import { showResult } from "./show-result.ts";

interface Props {
  readonly control: DoctorControl;
  readonly hubs: readonly DoctorHub[];
  /** Whether the recording has a run. */
  readonly hasRun: boolean;
  /** The run that goes on. */
  readonly running: ListedRun | undefined;
  /** What came of the run that was watched to its end; empty: there is none. */
  readonly outcome: string;
  /** Why it can't run; null: it can. */
  readonly reason: string | null;
  /** Between what is chosen and what it will do. */
  readonly children: ComponentChildren;
}

/** What is asked before the doctor runs, and what it will do. */
export function DoctorForm({ control, hubs, hasRun, running, outcome, reason, children }: Props) {
  useEvents();
  const hub = hubs.find(({ key }) => key === control.hub.value) ?? hubs[0];
  const starting = control.isStarting();
  const canRun = running !== undefined || reason === null;
  return (
    <form
      class="run-form doctor-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!hub || reason !== null || running) return;
        void control.start(hub).then(showResult);
      }}
    >
      <div class="run-bar">
        {/* One button, which keeps the focus when a run begins or ends. */}
        <button
          class={running ? "btn" : "btn primary"}
          type={running ? "button" : "submit"}
          disabled={!canRun}
          aria-disabled={starting || undefined}
          data-testid={running ? "doctor-cancel" : "doctor-run"}
          onClick={(event) => {
            // The second click of a double click on Run isn't meant to cancel.
            const again = event.detail > 1;
            if (running || again) event.preventDefault();
            if (running && !again) control.cancel(running);
          }}
        >
          {running && <Icon name="stop" />}
          {running ? "Cancel" : "Run doctor"}
        </button>
        <span class="soft" role="status" data-testid="doctor-status">
          {running ? "Running…" : (reason ?? (starting ? "Starting…" : ""))}
          {/* Who sees the result needs no words for it. */}
          {!running && reason === null && !starting && <span class="vh">{visibleText(outcome)}</span>}
        </span>
      </div>
      {hub && canRun && <DoctorFields control={control} hubs={hubs} hub={hub} />}
      {children}
      {hub && canRun && <BeforeRun hub={hub} stay={control.stay.value} open={!hasRun} />}
    </form>
  );
}
