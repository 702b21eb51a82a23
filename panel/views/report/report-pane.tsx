import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import { downFor } from "../../../extension/core/model/downtime.ts";
import { watch } from "../../state/watch.ts";
import { exportContents } from "../../state/export-contents.ts";
import { usePanel } from "../../state/panel-state.ts";
import { nameOf } from "../../state/recordings.ts";
import { clock, counted, duration } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/icon.tsx";
import { cutWords } from "../../../extension/wording/words.ts";
import { Figures, HubTable } from "../../content/figures.tsx";
import { summarise, type Summary } from "../../content/summary.ts";
import { WaitingList } from "../../content/waiting-list.tsx";
import { Comparison } from "./comparison.tsx";
import { ExportForm } from "./export-form.tsx";

/** The Export tab: exports and imports recordings. */
export function ReportPane() {
  const panel = usePanel();
  const recording = panel.loaded.value;
  const shown = panel.shown.value;
  watch(recording?.version);
  if (!recording || !shown) return <div class="pane" id="pane" />;
  const summary = summarise(recording.model, panel.watched.value);
  return (
    <div class="pane pane-report" id="pane" role="tabpanel" aria-labelledby="tab-report">
      <ExportForm recording={recording} />
      <section class="col report-preview" aria-label="Report preview">
        <Preview name={nameOf(shown)} summary={summary} />
        <Comparison />
      </section>
    </div>
  );
}

function Preview({ name, summary }: { name: string; summary: Summary }) {
  const panel = usePanel();
  const { from, to } = summary;
  const hangs = summary.hubs.reduce((sum, hub) => sum + hub.hangs, 0);
  return (
    <>
      <h2 class="title">{name}</h2>
      <p class="soft">
        {new Date(from).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })},{" "}
        {clock(from)} to {clock(to)}, {duration(to - from)}
      </p>
      {exportContents(panel).range && (
        <p class="soft">These are the figures of the whole recording. The file has a part of it.</p>
      )}
      <Figures summary={summary} />
      <HubTable summary={summary} />
      <h3 class="section">
        Interruptions{summary.failedStarts > 0 && " and failed starts"}
        {hangs > 0 && " and hangs"}
      </h3>
      <WaitingList waiting={summary.waiting} />
      <Downtimes />
      {(summary.dropped > 0 || summary.cut > 0) && (
        <p class="warn-line">
          <Icon name="warn" />
          {[
            summary.dropped > 0 && `${counted(summary.dropped, "event")} dropped: buffer full`,
            summary.cut > 0 && cutWords(summary.cut),
          ]
            .filter(Boolean)
            .join(". ")}
          . The report shows this.
        </p>
      )}
    </>
  );
}

function Downtimes() {
  const panel = usePanel();
  const all = panel.selection.downtimes.value;
  if (all.length === 0) return <p class="soft">None.</p>;
  return (
    <ul class="report-list">
      {all.slice(0, 50).map(({ downtime, hub }) => (
        <li key={downtime.key}>
          <span class="time-of">{clock(downtime.from, 3)}</span>
          <span>{hubName(hub)}</span>
          <span class="ellip">
            {downtime.kind === "failed-start" ? "Failed start: " : downtime.kind === "hang" && "Hang: "}
            {verdictOf(downtime).title}
          </span>
          <span class="right">
            {duration(
              downtime.kind === "hang" ? downtime.total : downFor(downtime, panel.view.extent.value.to),
            )}
          </span>
        </li>
      ))}
      {all.length > 50 && <li class="soft">and {all.length - 50} more</li>}
    </ul>
  );
}
