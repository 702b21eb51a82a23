/** The faults that Hubscope injected during the recording. */
import { FAULTS } from "../core/faults/outlines.ts";
import type { FaultSpan, RecordingModel } from "../core/model/types.ts";
import { clock, duration } from "../core/text/format.ts";
import { targetInWords } from "../wording/target-words.ts";
import type { ReportContext } from "./report-context.ts";
import { hubName } from "../core/model/hub-name.ts";
import { pageName } from "../wording/page-name.ts";

interface Props {
  readonly faults: readonly FaultSpan[];
  readonly model: RecordingModel;
  readonly context: ReportContext;
}

export function FaultsSection({ faults, model, context }: Props) {
  if (faults.length === 0) return <p>None.</p>;
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th>Time</th>
            <th>Fault</th>
            <th>Target</th>
            <th>Lasted</th>
            <th>Ended</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault, i) => (
            <FaultRow key={i} fault={fault} model={model} context={context} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FaultRow({
  fault,
  model,
  context: { zone },
}: Omit<Props, "faults"> & { readonly fault: FaultSpan }) {
  const { command, from, until, end } = fault;
  const { title, emulated } = FAULTS[command.name];
  const hub = model.hubs.find(({ key }) => key === fault.hubKey);
  const frame = model.pages.find(({ id, started }) => id === fault.page && started?.top === false);
  return (
    <tr>
      <td>{clock(from, 3, zone)}</td>
      <td>
        {title}{" "}
        <span class="badge injected">{emulated ? "emulated in the page" : "done by the browser"}</span>
      </td>
      <td>
        {hub ? hubName(hub) : `${targetInWords(command.target)}${frame ? ` (${pageName(frame)})` : ""}`}
      </td>
      <td>
        {duration((until ?? model.to) - from)}
        {until === null && " so far"}
      </td>
      <td>{end ?? ""}</td>
    </tr>
  );
}
