/** A recording's own faults, once more: for what Hubscope itself has broken. */
import { FAULTS } from "../faults/outlines.ts";
import type { FaultCommand } from "../faults/vocabulary.ts";
import type { FaultSpan, InterruptionModel, PageModel } from "../model/types.ts";
import type { InjectStep, ScenarioFault, Step } from "../scenarios/scenario.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { rounded } from "./times.ts";

/** A page can't do these itself. */
const NEEDS_EXTENSION: readonly string[] = ["discard", "suspend-in-cache"];
const MAX_FAULTS = 20;
/** Faults of one scenario are injected one right after the other. */
const AT_ONCE: Milliseconds = 250;

/** null: the tab has to do one of them. */
export function sameFaults(
  page: PageModel,
  { faults, from, until }: InterruptionModel,
): { readonly steps: readonly Step[]; readonly last: EpochMilliseconds } | null {
  // Faults that refuse connections don't break one, but belong to it.
  const during = page.faults
    .filter((one) => faults.includes(one.fault) || overlaps(one, from, until ?? from))
    .slice(0, MAX_FAULTS)
    .sort((a, b) => a.from - b.from);
  if (during.some(({ command }) => NEEDS_EXTENSION.includes(command.name))) return null;
  const steps: Step[] = [];
  let last = during[0]?.from ?? from;
  for (const span of during) {
    const wait = span.from - last;
    if (wait > AT_ONCE) steps.push({ do: "pause", time: Math.min(rounded(wait), 120_000) });
    steps.push(injectAgain(span));
    last = span.from;
  }
  return { steps, last };
}

const overlaps = (one: FaultSpan, from: EpochMilliseconds, until: EpochMilliseconds): boolean =>
  FAULTS[one.command.name].lasting && one.from <= until && (one.until ?? Infinity) >= from;

function injectAgain({ command, from, until }: FaultSpan): InjectStep {
  const fault = withoutTarget(command);
  // It may have been ended early.
  if (until === null || !("duration" in fault)) return { do: "inject", fault };
  return { do: "inject", fault: { ...fault, duration: Math.min(fault.duration, rounded(until - from)) } };
}

/** Sockets and addresses are others in the test. */
function withoutTarget(command: FaultCommand): ScenarioFault {
  const { target: _target, ...fault } = command;
  return fault;
}
