import {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportGroup,
  type ExportKind,
} from "../../../extension/export/export-formats.ts";
import { masksAny } from "../../../extension/export/masks/masks.ts";
import { bytes, clock, counted, duration } from "../../../extension/core/text/format.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { OpenFile } from "../../components/open-file.tsx";
import { Icon } from "../../content/icon.tsx";
import { exportContents, partShown } from "../../state/export-contents.ts";
import type { LoadedRecording } from "../../state/loaded-recording.ts";
import { usePanel } from "../../state/panel-state.ts";
import { Leaving } from "./leaving.tsx";
import { MasksForm, replacedWords } from "./masks-form.tsx";
import { payloadsIn } from "./payloads-in.ts";

const GROUPS: Readonly<Record<ExportGroup, string>> = {
  report: "Reports",
  recording: "Recordings",
  tools: "For other tools",
  table: "Tables",
};

/** What is exported, and to which file. */
export function ExportForm({ recording }: { recording: LoadedRecording }) {
  return (
    <section class="col report-form">
      <h2 class="title">Export</h2>
      <Part />
      <Payloads recording={recording} />
      <Privacy />
      {(Object.keys(GROUPS) as ExportGroup[]).map((group) => (
        <Formats key={group} group={group} />
      ))}
      <h3 class="section">Open recording</h3>
      <p class="soft">Drop a recording anywhere on this panel, or choose a file. It opens read-only.</p>
      <div class="actions">
        <OpenFile class="btn" input="import-file">
          <Icon name="open" />
          Open a recording…
        </OpenFile>
      </div>
    </section>
  );
}

/** The whole recording, or the part that the timeline shows. */
function Part() {
  const panel = usePanel();
  const { from, to } = panel.view.extent.value;
  const part = partShown(panel);
  const isPart = panel.exportShown.value && part !== null;
  return (
    <div class="export-part">
      <span class="seg" role="radiogroup" aria-label="Part of the recording">
        <label title={`${clock(from)} to ${clock(to)}`}>
          <input
            type="radio"
            name="export-part"
            checked={!isPart}
            data-testid="export-whole"
            onChange={() => {
              panel.exportShown.value = false;
            }}
          />
          Whole recording
        </label>
        <label
          title={
            part === null
              ? "Now that is the whole recording. Zoom the timeline to choose a part."
              : "As if recording had begun then"
          }
        >
          <input
            type="radio"
            name="export-part"
            checked={isPart}
            disabled={part === null}
            data-testid="export-part"
            onChange={() => {
              panel.exportShown.value = true;
            }}
          />
          What the timeline shows
        </label>
      </span>
      <span class="soft">
        {isPart
          ? `${clock(part.from)} to ${clock(part.to)}, ${duration(part.to - part.from)}`
          : duration(to - from)}
      </span>
    </div>
  );
}

function Payloads({ recording }: { recording: LoadedRecording }) {
  const { withPayloads } = usePanel();
  const payloads = payloadsIn(recording.model.events);
  return (
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
        Message payloads, where the format has them
        <small>
          {payloads.count > 0
            ? `${counted(payloads.count, "message")} with ${bytes(payloads.size)} of text. They may contain personal data.`
            : "None recorded."}
        </small>
      </span>
    </label>
  );
}

/** What is never in it, what is replaced, and what leaves. */
function Privacy() {
  const masks = usePanel().masks.value;
  return (
    <details class="export-privacy" data-testid="export-privacy">
      <summary>
        Privacy
        <span class="soft">{masksAny(masks) ? replacedWords(masks) : "see and replace what leaves"}</span>
      </summary>
      <ul class="sure">
        <li>
          <Tick />
          Access tokens, connection tokens and authorization headers are never in it: they are removed in the
          page, before anything is recorded.
        </li>
        <li>
          <Tick />
          URLs keep their path and the names of their parameters.
        </li>
      </ul>
      <MasksForm />
      <Leaving />
    </details>
  );
}

const Tick = () => (
  <span class="sev good">
    <Icon name="tick" />
  </span>
);

function Formats({ group }: { group: ExportGroup }) {
  const formats = EXPORT_FORMATS.filter((format) => format.group === group);
  if (formats.length === 0) return null;
  return (
    <>
      <h3 class="section">{GROUPS[group]}</h3>
      <div class="choices">
        {formats.map((format) => (
          <Format key={format.kind} {...format} />
        ))}
      </div>
    </>
  );
}

function Format({ kind, title, description, toPaste }: ExportFormat & { readonly kind: ExportKind }) {
  const panel = usePanel();
  return (
    <div class="choice">
      <span class="choice-ways">
        <button
          class={kind === "html" ? "btn primary" : "btn"}
          data-testid={`report-${kind.replaceAll(".", "-")}`}
          onClick={() => void panel.transfer.export(kind, exportContents(panel))}
        >
          <Icon name="file" />
          {title}
        </button>
        {toPaste && (
          <CopyButton text={() => panel.transfer.text(kind, exportContents(panel))} label={`Copy ${title}`} />
        )}
      </span>
      <span class="soft">
        <code>.{kind}</code> {description}
      </span>
    </div>
  );
}
