import { pathOf } from "../../../extension/core/protocol/addresses.ts";
import { clock } from "../../../extension/core/text/format.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { doctorOf } from "../../state/doctor/doctor-control.ts";
import { remembered, type ListedRun } from "../../state/doctor/doctor-runs.ts";
import { showResult } from "./show-result.ts";
import { useEvents } from "../../state/follow-events.ts";
import { usePanel } from "../../state/panel-state.ts";

interface Props {
  readonly runs: readonly ListedRun[];
  readonly shown: ListedRun | undefined;
  readonly model: RecordingModel;
  readonly goesOn: (run: ListedRun) => boolean;
}

/** The runs of this recording, newest first. */
export function RunList({ runs, shown, model, goesOn }: Props) {
  useEvents();
  const control = doctorOf(usePanel());
  return (
    <section class="doctor-runs" aria-labelledby="doctor-runs">
      <h2 class="section" id="doctor-runs">
        Runs <span class="dim">{runs.length}</span>
      </h2>
      <ul>
        {runs.map((one) => {
          const report = goesOn(one) ? null : remembered(one.run, model);
          return (
            <li key={one.key}>
              <button
                type="button"
                class="doctor-row"
                aria-pressed={one.key === shown?.key}
                data-testid="doctor-row"
                onClick={() => {
                  control.chosen.value = one.key;
                  showResult();
                }}
              >
                <span class={`sev ${report === null ? "note" : report.where === null ? "good" : "bad"}`}>
                  <Icon name={report === null ? "play" : report.where === null ? "pass" : "bad"} />
                </span>
                <span class="wrap-any">{report ? visibleText(report.headline) : "Running…"}</span>
                <span class="when dim ellip">
                  {clock(one.run.from)} · {visibleText(pathOf(one.run.began.url))}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
