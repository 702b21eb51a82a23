/** A user's scenario as text, while it is edited. Pure. */
import type { Problem } from "../../../extension/core/faults/problem.ts";
import { parseScenario } from "../../../extension/core/scenarios/parse.ts";
import type { Scenario } from "../../../extension/core/scenarios/scenario.ts";

/** The content of a new scenario, which can be run unchanged. */
export const EMPTY: Scenario = {
  scenario: 1,
  name: "my-scenario",
  title: "My scenario",
  say: "What it simulates, in one sentence.",
  steps: [
    { do: "inject", fault: { name: "abrupt-loss" } },
    { do: "wait", for: "disconnected", limit: 5_000 },
    { do: "wait", for: "settled", limit: 60_000 },
    { do: "expect", that: "recovered", within: 10_000 },
  ],
};

export type Checked =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] };

interface Named {
  readonly scenario: Scenario;
  readonly own: boolean;
}

/** @param replaces the name of the edited scenario; null: a new one */
export function check(text: string, all: readonly Named[], replaces: string | null): Checked {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      problems: [{ at: "", say: `This is not JSON: ${error instanceof Error ? error.message : ""}` }],
    };
  }
  const read = parseScenario(value);
  if (!("steps" in read)) return { ok: false, problems: read };
  const namesake = all.find(({ scenario }) => scenario.name === read.name);
  if (namesake && read.name !== replaces)
    return {
      ok: false,
      problems: [
        {
          at: "name",
          say: namesake.own
            ? "is already used by another custom scenario"
            : "is already used by a built-in scenario",
        },
      ],
    };
  return { ok: true, scenario: read };
}

/** A copy with a new name. */
export function copyOf(scenario: Scenario, all: readonly Named[]): Scenario {
  const taken = new Set(all.map((one) => one.scenario.name));
  const base = scenario.name.replace(/^own-/, "").slice(0, 50);
  let name = `own-${base}`;
  for (let n = 2; taken.has(name); n++) name = `own-${base}-${n}`;
  return { ...scenario, name, title: `${scenario.title.slice(0, 72)} (own)` };
}
