/** What a quick run shortens, and how the result describes it. */
import { duration } from "../text/format.ts";
import type { Scenario, Step } from "./scenario.ts";

export interface Shortened {
  readonly steps: readonly Step[];
  /** Descriptions of what was shortened; empty: nothing. */
  readonly said: readonly string[];
}

export function shorten({ steps }: Scenario, speed: "real" | "quick"): Shortened {
  if (speed === "real") return { steps, said: [] };
  const said: string[] = [];
  const shorter = steps.map((step): Step => {
    if (step.do === "pause" && step.quick !== undefined) {
      said.push(`a pause of ${duration(step.quick)} instead of ${duration(step.time)}`);
      return { ...step, time: step.quick };
    }
    if (step.do !== "inject" || step.quick === undefined) return step;
    const fault = { ...step.fault, ...step.quick };
    for (const [key, value] of Object.entries(step.quick)) {
      const real = (step.fault as unknown as Record<string, number | undefined>)[key];
      said.push(
        `${step.fault.name}: ${key} ${duration(value)}${real === undefined ? "" : ` instead of ${duration(real)}`}`,
      );
    }
    return { ...step, fault };
  });
  return { steps: shorter, said };
}
