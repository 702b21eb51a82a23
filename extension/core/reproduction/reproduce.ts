/**
 * From something that was recorded to a scenario that does it again. Times and statuses are those of the recording, rounded and
 * bounded; waits are for conditions where that is possible.
 */
import { gatherFacts } from "../diagnosis/facts.ts";
import { looksLike } from "../diagnosis/looks-like.ts";
import type { Trouble } from "../diagnosis/hang.ts";
import type { CauseName } from "../diagnosis/verdict.ts";
import { hubName } from "../model/hub-name.ts";
import { reduced } from "../model/reduced.ts";
import type { InterruptionState } from "../model/state.ts";
import type { Need, Scenario, ScenarioFault, Step } from "../scenarios/scenario.ts";
import { duration } from "../text/format.ts";
import { shortened } from "../text/shortened.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { sameFaults } from "./again.ts";
import { outageOf, refusedFor, type Phase } from "./outage.ts";
import { RECIPES, type CauseOfLoss } from "./recipes.ts";
import { NOT_AGAIN } from "./recipes/not-again.ts";
import type { Break, Reproduction } from "./reproduction.ts";
import { placeOf } from "./place.ts";
import { expectationsAfter, recoveredWithin } from "./should-have.ts";
import { startAgain } from "./start-again.ts";
import { bounded } from "./times.ts";

/** Of an interruption or a failed start of a reducer's model (anything else is a TypeError), or of a hang. */
export function reproduce(one: Trouble): Reproduction {
  if (one.kind === "hang") return { kind: "none", ...NOT_AGAIN.hanging };
  const state = reduced(one);
  if (state.lane.model.place !== null) return { kind: "none", ...ELSEWHERE };
  return state.kind === "interruption" ? loseAgain(state) : startAgain(state);
}

const ELSEWHERE = {
  why: "The connection is in a frame or a worker, and a test breaks only the page's own.",
  instead: "Open the frame's address as a page of its own, or break it in the panel.",
};

function loseAgain(loss: InterruptionState): Reproduction {
  const { cause, title } = looksLike(loss);
  if (loss.faults.length > 0) return repeatFaults(loss, cause, title);
  // A connection that was lost has begun.
  const name: CauseOfLoss = cause === "injected" || cause === "start-failed" ? "unknown" : cause;
  const recipe = RECIPES[name];
  if ("why" in recipe) return { kind: "none", ...recipe };
  const made = recipe.make(gatherFacts(loss));
  if ("why" in made) return { kind: "none", ...made };
  const { phases, differs } = outageAfter(loss, name, "outage" in recipe);
  const outage = phases.reduce((sum, { time, counted }) => (counted ? sum : sum + time), 0);
  const avoidable = "avoidable" in recipe;
  const steps: Step[] = [
    ...breakSteps(made, phases),
    { do: "wait", for: "settled", limit: SETTLED },
    ...(avoidable
      ? [{ do: "expect", that: "stays-connected" } as const]
      : expectationsAfter(
          loss.lane.model,
          loss,
          recoveredWithin(outage + lastingAfter(made), retryAfterOf(phases)),
        )),
  ];
  return {
    kind: "scenario",
    ...placeOf(loss),
    scenario: scenarioOf(loss, name, title, steps, [...recipe.differs, ...(made.differs ?? []), ...differs]),
    causes: made.causes ?? recipe.causes,
    avoidable,
  };
}

const SETTLED: Milliseconds = 60_000;
const LONGEST_LIMIT: Milliseconds = 600_000;

/** Faults that begin with the loss, and go on. */
const lastingAfter = ({ faults }: Break): Milliseconds =>
  Math.max(
    0,
    ...faults.map((fault) =>
      fault.name === "offline" || fault.name === "refuse-token" ? fault.duration : 0,
    ),
  );

/** The longest time that an answer asks to wait. null: no answer ends a phase. */
const retryAfterOf = (phases: readonly Phase[]): Milliseconds | null =>
  phases.some(({ counted }) => counted)
    ? Math.max(
        0,
        ...phases.flatMap(({ faults }) =>
          faults.map((fault) => 1_000 * ("retryAfter" in fault ? (fault.retryAfter ?? 0) : 0)),
        ),
      )
    : null;

/** What the tries after the loss ran into. */
function outageAfter(loss: InterruptionState, cause: CauseOfLoss, needed: boolean) {
  const found = outageOf(loss.attempts, loss.from);
  const phases = found.phases.filter(
    ({ faults }) =>
      // The faults of these causes keep away what they kept away.
      !(cause === "offline" && faults.some(({ name }) => name === "refuse-connects")) &&
      !(
        cause === "token-expired" && faults.some(({ name }) => name.endsWith("-token") || is401(name, faults))
      ),
  );
  if (!needed || phases.length > 0) return { phases, differs: found.differs };
  const { time, differs } = bounded(
    Math.max(0, (loss.until ?? loss.from) - loss.from),
    { min: 2_000, max: 30_000 },
    "There was no connection for",
  );
  return {
    phases: [refusedFor(time)],
    differs: [...found.differs, ...differs, "The app's own tries don't tell how long the server was away."],
  };
}

const is401 = (name: string, faults: readonly ScenarioFault[]): boolean =>
  name === "negotiate-status" && faults.some((fault) => "status" in fault && fault.status === 401);

function breakSteps({ faults, lostWithin }: Break, [first, ...later]: readonly Phase[]): Step[] {
  const lost: Step = { do: "wait", for: "disconnected", limit: lostWithin };
  const steps: Step[] = [];
  const breaks = faults.map((fault): Step => ({ do: "inject", fault }));
  if (!first) steps.push(...breaks, lost);
  else if (lostWithin <= IMMEDIATE) steps.push(...injects(first, 0), ...breaks, lost);
  else
    // Nobody knows when the connection will be lost: the first try after it must fail already.
    steps.push(
      ...injects(first, lostWithin, "outage"),
      ...breaks,
      lost,
      ...(first.counted ? [] : [{ do: "pause", time: first.time } as const, ...first.faults.map(endOf)]),
    );
  for (const phase of later) steps.push(over(LONGEST_LIMIT), ...injects(phase, 0));
  const longest = Math.max(lostWithin, first?.time ?? 0, later.at(-1)?.time ?? 0);
  return [...steps, over(longest + LATE)];
}

const IMMEDIATE: Milliseconds = 5_000;
const LATE: Milliseconds = 5_000;

const over = (limit: Milliseconds): Step => ({
  do: "wait",
  for: "faults-over",
  limit: Math.min(limit, LONGEST_LIMIT),
});

const endOf = (_fault: ScenarioFault, i: number): Step => ({ do: "end", fault: nameOf("outage", i) });
const nameOf = (as: string, i: number): string => (i === 0 ? as : `${as}-${i + 1}`);

function injects({ faults, time }: Phase, more: Milliseconds, as?: string): Step[] {
  return faults.map((fault, i) => ({
    do: "inject",
    fault:
      more === 0
        ? fault
        : ({ ...fault, duration: Math.min(time + more + LATE, LONGEST_LIMIT) } as ScenarioFault),
    ...(as === undefined ? {} : { as: nameOf(as, i) }),
  }));
}

function repeatFaults(loss: InterruptionState, cause: CauseName, title: string): Reproduction {
  const same = sameFaults(loss.lane.page.model, loss);
  if (same === null)
    return {
      kind: "none",
      why: "A fault of this interruption needs the extension: a page can't do it to itself.",
      instead: "Break the page in the panel again.",
    };
  const steps: Step[] = [
    ...same.steps,
    { do: "wait", for: "disconnected", limit: Math.max(IMMEDIATE, loss.from - same.last + 2 * LATE) },
    over(LONGEST_LIMIT),
    { do: "wait", for: "settled", limit: SETTLED },
    ...expectationsAfter(loss.lane.model, loss, recoveredWithin(1, null)),
  ];
  return {
    kind: "scenario",
    ...placeOf(loss),
    scenario: scenarioOf(loss, "injected", title, steps, []),
    causes: [cause],
    avoidable: false,
  };
}

/** Longest texts of a scenario. */
const TITLE = 80;
const SAY = 400;
const MAX_DIFFERS = 20;

function scenarioOf(
  loss: InterruptionState,
  cause: CauseName,
  title: string,
  steps: readonly Step[],
  differs: readonly string[],
): Scenario {
  const gap = loss.until === null ? "" : ` for ${duration(loss.until - loss.from)}`;
  const needs = needsOf(steps, loss.lane.model.circuit !== null);
  const all = [...new Set(differs)].slice(0, MAX_DIFFERS).map((text) => shortened(text, SAY));
  return {
    scenario: 1,
    name: `recorded-${cause}-${timeInName(loss.from)}`,
    title: shortened(`Recorded: ${title}`, TITLE),
    say: shortened(`As it was recorded: ${hubName(loss.lane.model)} was disconnected${gap}. ${title}.`, SAY),
    ...(all.length > 0 ? { differs: all } : {}),
    ...(needs.length > 0 ? { needs } : {}),
    steps,
  };
}

/** "20261124-104207": two losses with one cause are two scenarios. Times out of any calendar have no such name. */
function timeInName(t: EpochMilliseconds): string {
  const time = new Date(t);
  const text = Number.isNaN(time.getTime()) ? "" : time.toISOString();
  return /^\d{4}-/.test(text) ? text.slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-") : "0";
}

function needsOf(steps: readonly Step[], circuit: boolean): Need[] {
  const names = new Set(steps.flatMap((step) => (step.do === "inject" ? [step.fault.name] : [])));
  return [
    ...(circuit ? ["circuit" as const] : []),
    ...(names.has("negotiate-status") ? ["negotiate" as const] : []),
    ...(names.has("refuse-token") ? ["token" as const] : []),
    ...(names.has("miss-window") ? ["stateful" as const] : []),
  ];
}
