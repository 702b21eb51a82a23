/** The circuit of a Blazor Server page in the report: what happened to it, oldest first. */
import type { CircuitModel } from "../core/model/circuit-types.ts";
import type { HubConnectionModel } from "../core/model/types.ts";
import { counted } from "../core/text/format.ts";
import { visibleText } from "../core/text/visible-text.ts";
import { circuitHistory } from "../core/diagnosis/circuit-history.ts";
import type { ReportContext } from "./report-context.ts";

/** A page that loses its connection all day would have thousands. */
const MAX_STEPS = 40;

interface CircuitPartProps {
  hub: HubConnectionModel;
  circuit: CircuitModel;
  context: ReportContext;
}

export function CircuitPart({ hub, circuit, context }: CircuitPartProps) {
  const steps = circuitHistory(hub, circuit);
  const left = steps.length - MAX_STEPS;
  if (steps.length === 0) return null;
  return (
    <>
      <h4 class="section">Circuit {circuit.id !== null && <code>{circuit.id}</code>}</h4>
      {left > 0 && <p class="soft">{counted(left, "earlier step")} not shown</p>}
      <ul>
        {steps.slice(Math.max(0, left)).map(({ t, text }, i) => (
          <li key={i}>
            {context.times.local(t)} {visibleText(text)}
          </li>
        ))}
      </ul>
    </>
  );
}
