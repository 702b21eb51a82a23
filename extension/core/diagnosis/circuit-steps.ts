/** What happened to a circuit, in sentences: for its list, and as evidence. */
import type { CircuitCall, CircuitModel } from "../model/circuit-types.ts";
import type { CircuitMethod, ReconnectUiState } from "../protocol/blazor.ts";
import type { Evidence } from "./verdict.ts";

export interface CircuitStep extends Evidence {
  readonly isBad: boolean;
}

/** What the reconnect UI shows. */
export const RECONNECT_UI: Readonly<Record<ReconnectUiState, string>> = {
  show: "shown",
  hide: "hidden",
  retrying: "waiting for the next attempt",
  failed: "gave up",
  rejected: "circuit rejected",
  paused: "circuit paused",
  "resume-failed": "resume failed",
};

const ACCEPTED: Readonly<Record<CircuitMethod, string>> = {
  StartCircuit: "Circuit started",
  ConnectCircuit: "Back in the circuit",
  ResumeCircuit: "New circuit from saved state",
  PauseCircuit: "Circuit paused",
};

/** What was asked and told about a circuit, oldest first. */
export const circuitSteps = ({ calls, errors, ui, leftAt }: CircuitModel): CircuitStep[] =>
  [
    ...calls.map(callStep),
    ...errors.map(({ t, error }) =>
      wire(t, `Exception on the server (JS.Error)${error === "" ? "" : `: ${error}`}`, true),
    ),
    ...ui.map(({ t, state }): CircuitStep => ({
      t,
      knowledge: "page",
      text: `Reconnect UI: ${RECONNECT_UI[state]}`,
      isBad: false,
    })),
    ...(leftAt === null ? [] : [wire(leftAt, "Disconnect beacon sent: the page is left")]),
  ].sort((a, b) => a.t - b.t);

const wire = (t: number, text: string, isBad = false): CircuitStep => ({ t, knowledge: "wire", text, isBad });

function callStep({ method, answer, error, sentAt, endedAt }: CircuitCall): CircuitStep {
  const t = endedAt ?? sentAt;
  switch (answer) {
    case null:
      return wire(t, `${method}: no answer`);
    case "accepted":
      return wire(t, ACCEPTED[method]);
    case "refused":
      return wire(t, `${method}: refused by the server`, true);
    case "failed":
      return wire(t, `${method}: failed${error === null ? "" : `: ${error}`}`, true);
  }
}
