import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import { downFor } from "../../../extension/core/model/downtime.ts";
import { watch } from "../../state/watch.ts";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { usePanel } from "../../state/panel-state.ts";
import { nameOf } from "../../state/recordings.ts";
import { bytes, clock, counted, duration } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/icon.tsx";
import { OpenFile } from "../../components/open-file.tsx";
import { cutWords } from "../../../extension/wording/words.ts";
import { Figures, HubTable } from "../../content/figures.tsx";
import { summarise, type Summary } from "../../content/summary.ts";
import { WaitingList } from "../../content/waiting-list.tsx";
import { payloadsIn } from "./payloads-in.ts";

/** The Export tab: exports and imports recordings. */
export function ReportPane() {
  const panel = usePanel();
  const { withPayloads } = panel;
  const recording = panel.loaded.value;
  const shown = panel.shown.value;
  watch(recording?.version);
  if (!recording || !shown) return <div class="pane" id="pane" />;
  const summary = summarise(recording.model, panel.watched.value);
  const payloads = payloadsIn(recording.model.events);
  return (
    <div class="pane pane-report" id="pane" role="tabpanel" aria-labelledby="tab-report">
      <section class="col report-form">
        <h2 class="title">Export</h2>
        <p class="say">
          Export one file: a report that opens in any browser, or a recording that opens in this panel.
        </p>
        <div class="choices">
          {EXPORT_FORMATS.map((format, i) => (
            <Choice
              key={format.kind}
              {...format}
              primary={i === 0}
              onPick={() => void panel.transfer.export(format.kind, { payloads: withPayloads.value })}
            />
          ))}
        </div>
        <h3 class="section">Contents</h3>
        <label class="check-row">
          <input
            type="checkbox"
            checked={withPayloads.value}
            data-testid="report-payloads"
            onChange={(event) => {
              withPayloads.value = event.currentTarget.checked;
            }}
          />
          <span>
            Message payloads in recordings
            <small>
              {payloads.count > 0
                ? `${counted(payloads.count, "message")} with ${bytes(payloads.size)} of text. They may contain personal data.`
                : "None recorded."}
            </small>
          </span>
        </label>
        <ul class="sure">
          <li>
            <Tick />
            Access tokens, connection tokens and authorization headers are never in it: they are removed in
            the page, before anything is recorded.
          </li>
          <li>
            <Tick />
            URLs keep their path and the names of their parameters.
          </li>
        </ul>
        <h3 class="section">Open recording</h3>
        <p class="soft">Drop a recording anywhere on this panel, or choose a file. It opens read-only.</p>
        <div class="actions">
          <OpenFile class="btn" input="import-file">
            <Icon name="open" />
            Open a recording…
          </OpenFile>
        </div>
      </section>
      <section class="col report-preview" aria-label="Report preview">
        <Preview name={nameOf(shown)} summary={summary} />
      </section>
    </div>
  );
}

const Tick = () => (
  <span class="sev good">
    <Icon name="tick" />
  </span>
);

function Choice({
  kind,
  title,
  description,
  primary,
  onPick,
}: (typeof EXPORT_FORMATS)[number] & { primary: boolean; onPick: () => void }) {
  return (
    <div class="choice">
      <button
        class={primary ? "btn primary" : "btn"}
        data-testid={`report-${kind.replace(".", "-")}`}
        onClick={onPick}
      >
        <Icon name="file" />
        {title}
      </button>
      <span class="soft">
        <code>.{kind}</code> {description}
      </span>
    </div>
  );
}

function Preview({ name, summary }: { name: string; summary: Summary }) {
  const { from, to } = summary;
  const hangs = summary.hubs.reduce((sum, hub) => sum + hub.hangs, 0);
  return (
    <>
      <h2 class="title">{name}</h2>
      <p class="soft">
        {new Date(from).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })},{" "}
        {clock(from)} to {clock(to)}, {duration(to - from)}
      </p>
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
