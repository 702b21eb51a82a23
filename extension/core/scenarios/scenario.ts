/** A scenario as data: what is done to the page, what is waited for, and what is expected of the app. */
import type { FaultCommand, FaultTarget } from "../faults/vocabulary.ts";
import type { Milliseconds } from "../units.ts";
import type { Expected } from "./expectations.ts";

/** Of the format of scenarios. */
export const SCENARIO_VERSION = 1;

/** What a page must have for a scenario to be applicable. */
export const NEEDS = ["stateful", "web-sockets", "negotiate", "token", "circuit", "chromium"] as const;

export type Need = (typeof NEEDS)[number];

export interface Scenario {
  readonly scenario: typeof SCENARIO_VERSION;
  /** Lower case and hyphens; unique. */
  readonly name: string;
  readonly title: string;
  /** One or two plain sentences. */
  readonly say: string;
  /** How it differs from reality, in addition to the limitations of its faults. */
  readonly differs?: readonly string[];
  readonly needs?: readonly Need[];
  readonly steps: readonly Step[];
}

/** A fault without a target affects the target of the run: the page, or one hub. */
export type ScenarioFault = FaultCommand extends infer C
  ? C extends FaultCommand
    ? Omit<C, "target"> & { readonly target?: Exclude<FaultTarget, { scope: "connection" }> }
    : never
  : never;

export type Step = InjectStep | EndStep | WaitStep | PauseStep | ExpectStep;

export interface InjectStep {
  readonly do: "inject";
  readonly fault: ScenarioFault;
  /** A name for a later `end` step. */
  readonly as?: string;
  /** What is shorter in a quick run, by parameter. */
  readonly quick?: Readonly<Record<string, number>>;
}

/** Ends a lasting fault early: the one with that name, or all. */
export interface EndStep {
  readonly do: "end";
  readonly fault?: string;
}

/**
 * - connected: as many connections as at the beginning.
 * - disconnected: fewer, now or at any time since the latest fault began.
 * - reconnecting: tries to connect, now or at any time since then.
 * - attempts: that many tries have begun since then.
 * - settled: connected, or given up and left alone for a while.
 * - faults-over: no injected fault lasts any more.
 */
export const CONDITIONS = [
  "connected",
  "disconnected",
  "reconnecting",
  "attempts",
  "settled",
  "faults-over",
] as const;

export type Condition = (typeof CONDITIONS)[number];

/** After the limit the run continues, and the result records that. */
export interface WaitStep {
  readonly do: "wait";
  readonly for: Condition;
  /** With attempts. */
  readonly count?: number;
  readonly limit: Milliseconds;
}

export interface PauseStep {
  readonly do: "pause";
  readonly time: Milliseconds;
  readonly quick?: Milliseconds;
}

/** Judges everything since the beginning of the run. */
export type ExpectStep = { readonly do: "expect" } & Expected;

export const MAX_STEPS = 200;
export const LONGEST_RUN: Milliseconds = 30 * 60_000;
