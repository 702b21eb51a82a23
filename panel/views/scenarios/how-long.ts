/** Estimates how long a scenario will take. Pure. */
import { shorten } from "../../../extension/core/scenarios/shorten.ts";
import type { Scenario, Step } from "../../../extension/core/scenarios/scenario.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";

export interface HowLong {
  /** With an app that recovers quickly. */
  readonly about: Milliseconds;
  /** With every wait at its limit. */
  readonly max: Milliseconds;
}

/** Assumed times of an app that recovers quickly, in addition to the faults. */
const TO_NOTICE: Milliseconds = 500;
const TO_RECONNECT: Milliseconds = 2_000;

export function howLong(scenario: Scenario, speed: "real" | "quick"): HowLong {
  let about = 0;
  let max = 0;
  let faultsUntil = 0;
  for (const step of shorten(scenario, speed).steps) {
    const longest = step.do === "wait" ? step.limit : step.do === "pause" ? step.time : 0;
    max += longest;
    if (step.do === "inject") faultsUntil = Math.max(faultsUntil, about + lasts(step.fault));
    else if (step.do === "end") faultsUntil = about;
    else about += Math.min(longest, typical(step, faultsUntil - about));
  }
  return { about, max };
}

function lasts(fault: object): Milliseconds {
  const { duration, window } = fault as { duration?: Milliseconds; window?: Milliseconds };
  return duration ?? window ?? 0;
}

function typical(step: Exclude<Step, { do: "inject" | "end" }>, left: Milliseconds): Milliseconds {
  if (step.do === "pause") return step.time;
  if (step.do === "expect") return 0;
  switch (step.for) {
    case "faults-over":
      return Math.max(0, left);
    case "connected":
    case "settled":
      return Math.max(0, left) + TO_RECONNECT;
    case "attempts":
      return (step.count ?? 1) * TO_RECONNECT;
    case "disconnected":
    case "reconnecting":
      return TO_NOTICE;
  }
}

/** Rounded to seconds, as it is an estimate. */
export const roundly = (ms: Milliseconds): Milliseconds => Math.max(1, Math.round(ms / 1000)) * 1000;
