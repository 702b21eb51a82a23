/** The faults that Hubscope injected during the recording. */
import { FAULTS } from "../core/faults/outlines.ts";
import type { FaultSpan, RecordingModel } from "../core/model/types.ts";
import { duration } from "../core/text/format.ts";
import { targetInWords } from "../wording/target-words.ts";
import type { ReportContext } from "./report-context.ts";
import { MOST } from "./limits.ts";
import { NotShown } from "./not-shown.tsx";
import { wide } from "./wide.ts";

interface Props {
  readonly faults: readonly FaultSpan[];
  readonly model: RecordingModel;
  readonly context: ReportContext;
}

export function FaultsSection({ faults, model, context }: Props) {
  return (
    <section id="faults">
      <h2>Injected faults</h2>
      <div {...wide("Injected faults")}>
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Fault</th>
              <th scope="col">Target</th>
              <th scope="col">Lasted</th>
              <th scope="col">Ended</th>
            </tr>
          </thead>
          <tbody>
            {faults.slice(0, MOST.rows).map((fault, i) => (
              <FaultRow key={i} fault={fault} model={model} context={context} />
            ))}
          </tbody>
        </table>
      </div>
      <NotShown all={faults.length} most={MOST.rows} one="fault" />
    </section>
  );
}

function FaultRow({
  fault,
  model,
  context: { times, names },
}: Omit<Props, "faults"> & { readonly fault: FaultSpan }) {
  const { command, from, until, end } = fault;
  const { title, emulated } = FAULTS[command.name];
  const hub = model.hubs.find(({ key }) => key === fault.hubKey);
  const frame = model.pages.find(({ id, started }) => id === fault.page && started?.top === false);
  return (
    <tr>
      <td>{times.local(from)}</td>
      <td>
        {title}{" "}
        <span class="badge injected">{emulated ? "emulated in the page" : "done by the browser"}</span>
      </td>
      <td>
        {hub ? names.hub(hub) : `${targetInWords(command.target)}${frame ? ` (${names.page(frame)})` : ""}`}
      </td>
      <td>
        {duration((until ?? model.to) - from)}
        {until === null && " so far"}
      </td>
      <td>{end ?? ""}</td>
    </tr>
  );
}
