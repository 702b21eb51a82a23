/**
 * A policy as a list of steps, one for each attempt that differs from the others. The last step is the app's own start(), if it
 * has one.
 */
import type { Milliseconds } from "../units.ts";
import type { HerdPolicy, Jitter } from "./herd-input.ts";

export interface PolicyStep {
  /** The least delay, and what jitter adds to it at most. */
  readonly least: Milliseconds;
  readonly spread: Milliseconds;
  /** The step after an attempt that failed. null: the policy returns null, and the app does nothing. */
  readonly next: number | null;
  /** Whether the policy returns null then. */
  readonly policyEnds: boolean;
}

export interface PolicyTable {
  readonly steps: readonly PolicyStep[];
  /** The step after the loss. */
  readonly first: number | null;
  /** There is no automatic reconnect. */
  readonly noPolicy: boolean;
}

export function tableOf(policy: HerdPolicy, restartAfter: Milliseconds | null): PolicyTable {
  const { delays, repeats } = delaysOf(policy);
  const restart = restartAfter === null ? null : delays.length;
  const steps = delays.map((delay, at): PolicyStep => {
    const isLast = at === delays.length - 1;
    return {
      ...jittered(delay, policy.jitter),
      next: !isLast ? at + 1 : repeats ? at : restart,
      policyEnds: isLast && !repeats,
    };
  });
  if (restartAfter !== null) steps.push({ least: restartAfter, spread: 0, next: restart, policyEnds: false });
  return { steps, first: delays.length > 0 ? 0 : restart, noPolicy: delays.length === 0 };
}

function jittered(delay: Milliseconds, jitter: Jitter): Pick<PolicyStep, "least" | "spread"> {
  switch (jitter) {
    case "none":
      return { least: delay, spread: 0 };
    case "full":
      return { least: 0, spread: delay };
    case "equal":
      return { least: Math.ceil(delay / 2), spread: Math.floor(delay / 2) };
  }
}

/** The delays without jitter. After them the policy gives up, or repeats the last one. */
export function delaysOf(policy: HerdPolicy): { delays: readonly Milliseconds[]; repeats: boolean } {
  switch (policy.kind) {
    case "list":
      return { delays: policy.delays, repeats: policy.then === "repeat" && policy.delays.length > 0 };
    case "fixed":
      return policy.attempts === null
        ? { delays: [policy.delay], repeats: true }
        : { delays: Array.from({ length: policy.attempts }, () => policy.delay), repeats: false };
    case "exponential": {
      const { base, cap, attempts } = policy;
      const doublings = Math.ceil(Math.log2(cap / base));
      const length = attempts ?? doublings + 1;
      const delays = Array.from({ length }, (_, k) => Math.min(cap, base * 2 ** Math.min(k, doublings)));
      return { delays, repeats: attempts === null };
    }
  }
}
