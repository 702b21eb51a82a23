/**
 * Runs a scenario through its ports: on a tab through the panel, in the page itself, or against a fake in a test. It can be
 * stopped at any time, and always ends the faults that it injected.
 */
import type { FaultId, PageId } from "../ids.ts";
import { parseFaultCommand, type FaultCommand, type FaultTarget } from "../faults/vocabulary.ts";
import type { RecordingModel } from "../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { isMet } from "./conditions.ts";
import { EXPECTATIONS, judge } from "./expectations.ts";
import type { InjectedFault, JudgedRun } from "./judgement.ts";
import { whyNotApplicable } from "./needs.ts";
import { isDown, isOver, spanOf } from "./presence.ts";
import { overall, type ExpectationResult, type ScenarioResult } from "./result.ts";
import { LONGEST_RUN, type Scenario, type ScenarioFault, type Step, type WaitStep } from "./scenario.ts";
import { shorten } from "./shorten.ts";
import { targetFor } from "./target.ts";
import { stepInWords } from "./step-words.ts";

export interface ScenarioPorts {
  inject(command: FaultCommand): Promise<InjectAnswer>;
  /** Ends that fault, if it lasts. */
  end(page: PageId, fault: FaultId): Promise<unknown>;
  /** The current model; it grows during the run. */
  model(): RecordingModel;
  /** Resolves when the model changes after this call. */
  changed(): Promise<void>;
  now(): EpochMilliseconds;
  /** Ends early, without an error, when the signal aborts. */
  sleep(time: Milliseconds, signal: AbortSignal): Promise<void>;
  /** Aborts when the user stops the run. */
  readonly signal: AbortSignal;
}

export type InjectAnswer =
  | { readonly ok: true; readonly fault: FaultId; readonly page: PageId }
  | { readonly ok: false; readonly error: string };

export interface RunOptions {
  /** The target of faults without their own target, and of the expectations: the page, or one of its hubs. */
  readonly target: Extract<FaultTarget, { scope: "page" | "hub" }>;
  readonly speed: "real" | "quick";
  readonly browser: "chromium" | "firefox";
}

export interface Progress {
  readonly step: number;
  readonly of: number;
  readonly say: string;
  readonly at: EpochMilliseconds;
}

/** How often a condition is checked without new events: some become true as time passes. */
const LOOK: Milliseconds = 500;
/** How long to wait until the recording shows an injected fault. */
const TO_BE_SEEN: Milliseconds = 2_000;

export async function runScenario(
  scenario: Scenario,
  ports: ScenarioPorts,
  options: RunOptions,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<ScenarioResult> {
  const began = ports.now();
  const { steps, said } = shorten(scenario, options.speed);
  const injected: InjectedFault[] = [];
  const named = new Map<string, InjectedFault>();
  const absent = new Set<string>();
  const expectations: ExpectationResult[] = [];
  const missed: { step: number; at: EpochMilliseconds; say: string }[] = [];

  /** Pages have their own clocks: the recorded time of a fault is by that clock. */
  const run = (): JudgedRun => {
    const model = ports.model();
    const starts = injected.map((fault) => spanOf({ model }, fault).from);
    return {
      model,
      from: Math.min(began, ...starts),
      to: Math.max(ports.now(), model.to),
      faults: [...injected],
      hub: options.target.scope === "hub" ? options.target.url : null,
    };
  };
  const since = (): EpochMilliseconds => {
    const last = injected.at(-1);
    return last ? spanOf(run(), last).from : began;
  };
  const result = (verdict: ScenarioResult["verdict"], why: string | null): ScenarioResult => {
    const judged = run();
    return {
      scenario: scenario.name,
      title: scenario.title,
      verdict,
      why,
      from: judged.from,
      to: judged.to,
      shortened: said,
      faults: injected.map((fault) => ({
        page: fault.page,
        fault: fault.fault,
        name: fault.command.name,
        ...spanOf(judged, fault),
      })),
      expectations,
      missed,
    };
  };

  const until = async (met: () => boolean, limit: Milliseconds): Promise<boolean> => {
    const end = ports.now() + limit;
    while (!met()) {
      const left = end - ports.now();
      if (left <= 0 || ports.signal.aborted) return false;
      await sleepUntilChanged(ports, Math.min(left, LOOK));
    }
    return true;
  };

  const inject = async (fault: ScenarioFault): Promise<InjectedFault> => {
    const command = parseFaultCommand({ ...fault, target: targetFor(fault, options.target) });
    if (typeof command === "string") throw new Refusal(`${fault.name}: ${command}.`);
    const at = ports.now();
    const answer = await answerOf(ports, command);
    if (!answer) throw new Refusal(`${fault.name}: no answer from the page.`);
    if (!answer.ok) throw new Refusal(`${fault.name}: ${answer.error}`);
    const done = { fault: answer.fault, page: answer.page, command, at };
    injected.push(done);
    return done;
  };
  const end = async (faults: readonly InjectedFault[]): Promise<void> => {
    const lasting = faults.filter((fault) => !isOver({ model: ports.model() }, fault));
    await Promise.allSettled(lasting.map(({ page, fault }) => ports.end(page, fault)));
  };

  const miss = (step: number, say: string): void => {
    missed.push({ step, at: ports.now(), say });
  };

  const perform = async (step: Step, index: number): Promise<void> => {
    switch (step.do) {
      case "inject":
        try {
          const done = await inject(step.fault);
          if (step.as !== undefined) named.set(step.as, done);
        } catch (error) {
          // The fault failed as the app isn't connected any more. The expectations will report that.
          if (!(error instanceof Refusal) || !isDown(run())) throw error;
          miss(index, error.message);
          if (step.as !== undefined) absent.add(step.as);
        }
        return;
      case "end": {
        if (step.fault !== undefined && absent.has(step.fault)) return;
        const one = step.fault === undefined ? undefined : named.get(step.fault);
        if (step.fault !== undefined && !one) throw new Refusal(`There is no fault "${step.fault}" to end.`);
        const ended = one ? [one] : [...injected];
        await end(ended);
        await until(() => ended.every((fault) => isOver(run(), fault)), TO_BE_SEEN);
        return;
      }
      case "wait":
        if (!(await until(() => isMet(step, run(), since()), step.limit)) && !ports.signal.aborted)
          miss(index, missedInWords(step));
        return;
      case "pause":
        await ports.sleep(step.time, ports.signal);
        return;
      case "expect":
        expectations.push({
          that: step.that,
          title: EXPECTATIONS[step.that].title,
          at: ports.now(),
          ...judge(run(), step),
        });
    }
  };

  const unfit = whyNotApplicable(scenario, run(), options.browser);
  if (unfit !== null) return result("not-applicable", unfit);
  let broke: string | null = null;
  try {
    for (const [index, step] of steps.entries()) {
      if (ports.signal.aborted) break;
      if (ports.now() - began > LONGEST_RUN) throw new Refusal("The scenario exceeded its time limit.");
      onProgress({ step: index, of: steps.length, say: stepInWords(step), at: ports.now() });
      await perform(step, index);
    }
  } catch (error) {
    broke = error instanceof Refusal ? error.message : `The scenario failed: ${String(error)}`;
  }
  // Always: faults must not stay active after the run.
  await end(injected);
  if (ports.signal.aborted) return result("stopped", "Stopped.");
  await until(() => injected.every((fault) => isOver(run(), fault)), TO_BE_SEEN);
  if (broke !== null) return result("error", broke);
  const { verdict, why } = overall(expectations, missed.length);
  return result(verdict, why);
}

/** Why a scenario can't continue, for the user. */
class Refusal extends Error {}

/** null: stopped before the page answered. If it answers later, the fault is ended immediately. */
async function answerOf(ports: ScenarioPorts, command: FaultCommand): Promise<InjectAnswer | null> {
  const asked = ports.inject(command);
  const stopped = new AbortController();
  const patience = (async () => {
    await aborted(ports.signal, stopped.signal);
    if (!stopped.signal.aborted) await ports.sleep(TO_BE_SEEN, stopped.signal);
    return null;
  })();
  const answer = await Promise.race([asked, patience]);
  stopped.abort();
  if (!answer)
    asked.then(
      (late) => (late.ok ? ports.end(late.page, late.fault) : undefined),
      () => undefined,
    );
  return answer;
}

/** Resolves when the first of the two aborts. */
const aborted = (a: AbortSignal, b: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      a.removeEventListener("abort", done);
      b.removeEventListener("abort", done);
      resolve();
    };
    if (a.aborted || b.aborted) done();
    else for (const signal of [a, b]) signal.addEventListener("abort", done);
  });

async function sleepUntilChanged(ports: ScenarioPorts, longest: Milliseconds): Promise<void> {
  const woken = new AbortController();
  const wake = (): void => {
    woken.abort();
  };
  ports.signal.addEventListener("abort", wake);
  try {
    await Promise.race([ports.changed(), ports.sleep(longest, woken.signal)]);
  } finally {
    ports.signal.removeEventListener("abort", wake);
    wake();
  }
}

const missedInWords = ({ for: what, count, limit }: WaitStep): string =>
  `${what === "attempts" ? `${count ?? 1} attempts` : what} did not come within ${limit / 1000} s`;
