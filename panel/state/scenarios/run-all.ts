/** Runs scenarios one after another in the tab; before each, the page must be connected again. */
import type { Signal } from "@preact/signals";
import type { Scenario, Step } from "../../../extension/core/scenarios/scenario.ts";
import type { ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import { connectedBefore, watchedHubs } from "../../../extension/core/scenarios/presence.ts";
import { runScenario, type Progress } from "../../../extension/core/scenarios/run.ts";
import { shorten } from "../../../extension/core/scenarios/shorten.ts";
import type { EpochMilliseconds, Milliseconds } from "../../../extension/core/units.ts";
import { engine } from "../engine.ts";
import type { LoadedRecording } from "../loaded-recording.ts";
import type { PanelState } from "../panel-state.ts";
import { followTab, type FollowedTab } from "./follow-tab.ts";
import { withNewResult } from "./user-data.ts";
import { portsOf, sleep } from "./ports.ts";

export interface Running {
  /** How many of the scenarios of this run have finished, and how many there are. */
  readonly done: number;
  readonly of: number;
  readonly scenario: Scenario;
  readonly steps: readonly Step[];
  readonly startedAt: EpochMilliseconds;
  /** null: waiting for the page to connect again. */
  readonly progress: Progress | null;
  /** It is being stopped, and cleans up. */
  readonly stopping: boolean;
}

export interface RunAllOptions {
  readonly speed: "real" | "quick";
  readonly hub: string | null;
  readonly reloads: boolean;
  readonly signal: AbortSignal;
  readonly running: Signal<Running | null>;
  began(scenario: Scenario): void;
  /** `change` adds the result to the stored scorecards. */
  ended(result: ScenarioResult, change: (stored: unknown) => unknown): Promise<void>;
}

/** How long to wait until a page is connected again, by itself and after a reload. */
const TO_RECOVER: Milliseconds = 20_000;
const LOOK: Milliseconds = 500;

export async function runAll(
  panel: PanelState,
  begun: LoadedRecording,
  scenarios: readonly Scenario[],
  options: RunAllOptions,
): Promise<void> {
  const { source, notices } = panel;
  const { signal, running, hub, speed } = options;
  const tab = followTab(source, panel.loaded, begun, (error) => {
    notices.failed("The recording can't be loaded further", error);
  });
  const url = panel.shown.peek()?.url ?? "";
  const present = watchedHubs({ model: tab.model(), from: Math.max(source.now(), tab.model().to) + 1, hub });
  const stopping = (): void => {
    const now = running.peek();
    if (now) running.value = { ...now, stopping: true };
  };
  // A function, as the signal may abort during any await.
  const isStopped = (): boolean => signal.aborted;
  signal.addEventListener("abort", stopping);
  try {
    for (const [done, scenario] of scenarios.entries()) {
      running.value = {
        done,
        of: scenarios.length,
        scenario,
        steps: shorten(scenario, speed).steps,
        startedAt: source.now(),
        progress: null,
        stopping: false,
      };
      options.began(scenario);
      if (done > 0) await recover(panel, tab, present, options);
      if (isStopped()) break;
      const result = await runScenario(
        scenario,
        portsOf(source, tab, signal),
        { target: hub === null ? { scope: "page" } : { scope: "hub", url: hub }, speed, browser: engine },
        (progress) => {
          const now = running.peek();
          if (now) running.value = { ...now, progress };
        },
      );
      const about = { hubscope: source.hubscope, madeAt: source.now(), url, browser: engine };
      await options.ended(result, (kept) => withNewResult(kept, about, result));
      if (isStopped()) break;
    }
  } catch (error) {
    notices.failed("The scenarios can't continue", error);
  } finally {
    signal.removeEventListener("abort", stopping);
    tab.stop();
    running.value = null;
  }
}

/** Waits until there are as many connections as at the beginning. Reloads an app that has given up, if the user allows that. */
async function recover(
  { source }: PanelState,
  tab: FollowedTab,
  present: ReadonlyMap<string, number>,
  { signal, reloads }: RunAllOptions,
): Promise<void> {
  const isBack = (): boolean =>
    [...present].every(([url, count]) => connectedBefore(tab.model(), url, Infinity) >= count);
  if ((await until(isBack, tab, source.now, signal)) || signal.aborted || !reloads) return;
  await source.reload();
  await until(isBack, tab, source.now, signal);
}

async function until(
  met: () => boolean,
  tab: FollowedTab,
  now: () => EpochMilliseconds,
  signal: AbortSignal,
): Promise<boolean> {
  const end = now() + TO_RECOVER;
  while (!met()) {
    if (signal.aborted || now() >= end) return false;
    const woken = new AbortController();
    const either = AbortSignal.any([woken.signal, signal]);
    await Promise.race([tab.changed(), sleep(LOOK, either)]);
    woken.abort();
  }
  return true;
}
