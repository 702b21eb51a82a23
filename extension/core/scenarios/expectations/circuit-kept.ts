import type { CircuitFate } from "../../model/circuit-types.ts";
import { counted } from "../../text/format.ts";
import { cantTell, expectation, type RunEvidence } from "../judgement.ts";
import { lossesOf } from "../presence.ts";

export const circuitKept = expectation({
  title: "Circuit kept",
  say: "Blazor Server: after the loss the page is back in the same circuit, with the state of all components.",
  parameters: {},
  judge(run) {
    const losses = lossesOf(run).filter(({ hub }) => hub.circuit !== null);
    if (losses.length === 0) return cantTell("No connection of a Blazor Server page was lost.");
    const fates = losses.map(({ interruption }) => interruption.circuit);
    const evidence = losses.map(({ interruption }): RunEvidence => ({
      t: interruption.until ?? interruption.from,
      text:
        interruption.circuit === null
          ? "The server has not answered for the circuit"
          : WORDS[interruption.circuit],
      key: interruption.key,
    }));
    const gone = fates.filter((fate) => fate === "refused" || fate === "new" || fate === "ended").length;
    const resumed = fates.filter((fate) => fate === "resumed").length;
    const measured = { value: gone, unit: "count" } as const;
    if (gone > 0)
      return {
        verdict: "fail",
        measured,
        say: `The circuit was gone after ${gone} of ${counted(losses.length, "loss", "losses")}: the state of all components is lost.`,
        evidence,
      };
    if (fates.includes(null)) return cantTell("The page is not back in its circuit yet.", evidence);
    if (resumed > 0)
      return {
        verdict: "warn",
        measured,
        say: "The server made a new circuit from its saved state: only what is marked with [PersistentState] is as before.",
        evidence,
      };
    return {
      verdict: "pass",
      measured,
      say: `The page was back in its circuit after ${losses.length === 1 ? "the loss" : `all ${losses.length} losses`}.`,
      evidence,
    };
  },
});

const WORDS: Readonly<Record<CircuitFate, string>> = {
  kept: "Back in the same circuit",
  resumed: "New circuit from saved state",
  new: "New circuit",
  refused: "Circuit refused by the server",
  ended: "Circuit ended by an exception",
};
