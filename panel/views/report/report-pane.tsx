import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { downFor } from "../../../extension/core/model/downtime.ts";
import { watch } from "../../state/watch.ts";
import { useSignal } from "@preact/signals";
import { EXPORT_FORMATS } from "../../state/export-formats.ts";
import { usePanel } from "../../state/panel-state.ts";
import { nameOf } from "../../state/recordings.ts";
import { bytes, clock, counted, duration, whole } from "../../../extension/core/text/format.ts";
import { Icon } from "../../components/icon.tsx";
import { OpenFile } from "../../components/open-file.tsx";
import { CAUSE_WORD } from "../../../extension/wording/labels.ts";
import { cutWords } from "../../../extension/wording/words.ts";
import { summarise, type Summary } from "./summary.ts";

/** What leaves the panel, and what comes in. */
export function ReportPane() {
  const panel = usePanel();
  const payloads = useSignal(true);
  const recording = panel.loaded.value;
  const shown = panel.shown.value;
  watch(recording?.version);
  if (!recording || !shown) return <div class="pane" id="pane" />;
  const summary = summarise(recording.model, recording.log);
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
              onPick={() => void panel.transfer.export(format.kind, { payloads: payloads.value })}
            />
          ))}
        </div>
        <h3 class="section">Contents</h3>
        <label class="check-row">
          <input
            type="checkbox"
            checked={payloads.value}
            data-testid="report-payloads"
            onChange={(event) => {
              payloads.value = event.currentTarget.checked;
            }}
          />
          <span>
            Message payloads
            <small>
              {summary.payloads > 0
                ? `${counted(summary.payloads, "message")} with ${bytes(summary.payloadBytes)} of text. They may contain personal data.`
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
  return (
    <>
      <h2 class="title">{name}</h2>
      <p class="soft">
        {new Date(from).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })},{" "}
        {clock(from)} to {clock(to)}, {duration(to - from)}
      </p>
      <div class="figures">
        <Figure
          value={whole(summary.hubs.length)}
          word={summary.hubs.length === 1 ? "connection" : "connections"}
        />
        <Figure
          value={whole(summary.interruptions)}
          word={summary.interruptions === 1 ? "interruption" : "interruptions"}
        />
        {summary.failedStarts > 0 && (
          <Figure
            value={whole(summary.failedStarts)}
            word={summary.failedStarts === 1 ? "failed start" : "failed starts"}
          />
        )}
        {summary.down.map(({ value, meaning }) => (
          <Figure
            key={meaning}
            value={duration(value)}
            word={`${meaning}${summary.growing ? " so far" : ""}`}
          />
        ))}
        <Figure
          value={whole(summary.lost)}
          word={summary.lost === 1 ? "call lost" : "calls lost"}
          bad={summary.lost > 0}
        />
        <Figure
          value={summary.missed === 0 ? "0" : `≈ ${whole(summary.missed)}`}
          word={summary.missed === 1 ? "message missed" : "messages missed"}
        />
      </div>
      <table class="report-table">
        <thead>
          <tr>
            <th>Connection</th>
            <th class="r">Interruptions</th>
            <th class="r">Down</th>
            <th>Causes</th>
          </tr>
        </thead>
        <tbody>
          {summary.hubs.map((hub) => (
            <tr key={hub.key}>
              <td>{hub.path}</td>
              <td class="r">
                {hub.interruptions}
                {hub.failedStarts > 0 && ` + ${counted(hub.failedStarts, "failed start")}`}
              </td>
              <td class="r">{duration(hub.down)}</td>
              <td class="wrap">
                {hub.causes.map(([cause, n]) => `${CAUSE_WORD[cause]}${n > 1 ? ` ×${n}` : ""}`).join(", ") ||
                  "none"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 class="section">Interruptions{summary.failedStarts > 0 && " and failed starts"}</h3>
      <Downtimes />
      {summary.dropped > 0 && (
        <p class="warn-line">
          <Icon name="warn" />
          {counted(summary.dropped, "event")} dropped: buffer full. The report shows this.
        </p>
      )}
      {summary.cut > 0 && (
        <p class="warn-line">
          <Icon name="warn" />
          {cutWords(summary.cut)}. The report says so.
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
          <span>{hub.path}</span>
          <span class="ellip">
            {downtime.kind === "failed-start" && "Failed start: "}
            {verdictOf(downtime).title}
          </span>
          <span class="right">{duration(downFor(downtime, panel.view.extent.value.to))}</span>
        </li>
      ))}
      {all.length > 50 && <li class="soft">and {all.length - 50} more</li>}
    </ul>
  );
}

const Figure = ({ value, word, bad = false }: { value: string; word: string; bad?: boolean }) => (
  <div class="figure">
    <b class={bad ? "bad" : ""}>{value}</b>
    <span>{word}</span>
  </div>
);
