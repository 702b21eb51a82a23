/**
 * What a recording tells of a client's retry policy and of the time that a reconnect takes: starting values for the simulation. What
 * isn't observed stays an assumption, and is called so.
 */
import type { AttemptModel, HubConnectionModel } from "../model/types.ts";
import type { Milliseconds } from "../units.ts";
import type { HerdInput, ListPolicy } from "./herd-input.ts";

export interface HerdObservations {
  readonly policy: {
    readonly value: ListPolicy;
    /** Losses after which a delay was seen. 0: the client has no automatic reconnect. */
    readonly losses: number;
    /** "planned": what the policy answered. "actual": how long the client waited. */
    readonly known: "planned" | "actual";
    /** "seen": it gave up; "default": so does the client's default, which begins like this; "assumed": nobody knows. */
    readonly end: "seen" | "default" | "assumed";
    /** The delay before the same attempt differed from loss to loss. Which kind of jitter that is, is assumed. */
    readonly varied: boolean;
  } | null;
  readonly connectTime: { readonly value: HerdInput["connectTime"]; readonly attempts: number } | null;
  readonly refusalTime: { readonly value: Milliseconds; readonly attempts: number } | null;
  readonly azure: boolean;
}

/** The delays of `withAutomaticReconnect()`. */
const DEFAULT_DELAYS: readonly Milliseconds[] = [0, 2_000, 10_000, 30_000];

export function observe(hub: HubConnectionModel): HerdObservations {
  return {
    policy: policyOf(hub),
    connectTime: connectTimeOf(hub.attempts),
    refusalTime: refusalTimeOf(hub.attempts),
    azure: hub.hosting?.kind === "azure-default" || hub.hosting?.kind === "azure-serverless",
  };
}

interface Wait {
  readonly number: number;
  readonly delay: Milliseconds;
}

function policyOf({ interruptions, hasReconnectPolicy }: HubConnectionModel): HerdObservations["policy"] {
  if (hasReconnectPolicy === false)
    return {
      value: { kind: "list", delays: [], then: "give-up", jitter: "none" },
      losses: 0,
      known: "planned",
      end: "seen",
      varied: false,
    };
  const waits = (known: "planned" | "actual"): readonly (readonly Wait[])[] =>
    interruptions
      .map(({ attempts }) => attempts.flatMap((one) => waitOf(one, known)))
      .filter(({ length }) => length > 0);
  const planned = waits("planned");
  const known = planned.length > 0 ? "planned" : "actual";
  const losses = known === "planned" ? planned : waits("actual");
  const delays: Milliseconds[] = [];
  let varied = false;
  for (let number = 1; ; number++) {
    const same = losses.flat().filter((wait) => wait.number === number);
    if (same.length === 0) break;
    const all = same.map(({ delay }) => delay);
    const longest = Math.max(...all);
    if (longest - Math.min(...all) > (known === "planned" ? 1 : LATENESS)) varied = true;
    delays.push(known === "planned" ? Math.round(longest) : rounded(longest));
  }
  if (delays.length === 0) return null;
  const gaveUp = interruptions.some(
    ({ outcome, attempts }) =>
      outcome === "gave-up" && attempts.filter(({ origin }) => origin === "retry").length === delays.length,
  );
  const isDefault =
    !varied &&
    delays.length <= DEFAULT_DELAYS.length &&
    delays.every((delay, i) => delay === DEFAULT_DELAYS[i]);
  const end = gaveUp ? "seen" : isDefault ? "default" : "assumed";
  return {
    value: {
      kind: "list",
      delays: end === "default" ? DEFAULT_DELAYS : delays,
      then: end === "assumed" ? "repeat" : "give-up",
      jitter: varied ? "full" : "none",
    },
    losses: losses.length,
    known,
    end,
    varied,
  };
}

/** Timers are always a little late, and a busy page is later. */
const LATENESS: Milliseconds = 100;

/** An actual delay without the lateness of its timer. */
const rounded = (delay: Milliseconds): Milliseconds => {
  const whole = Math.floor(delay / 1_000) * 1_000;
  return delay - whole <= LATENESS ? whole : Math.round(delay);
};

function waitOf(
  { origin, number, planned, startedAt, from }: AttemptModel,
  known: "planned" | "actual",
): Wait[] {
  if (origin !== "retry") return [];
  const delay = known === "planned" ? planned : startedAt === null ? null : startedAt - from;
  return delay === null || !Number.isFinite(delay) || delay < 0 ? [] : [{ number, delay }];
}

function connectTimeOf(attempts: readonly AttemptModel[]): HerdObservations["connectTime"] {
  const times = timesOf(
    attempts,
    ({ outcome, origin }) => outcome.kind === "connected" && origin !== "resume",
  );
  const [first] = times;
  if (first === undefined) return null;
  return { value: { from: first, to: times.at(-1) ?? first }, attempts: times.length };
}

function refusalTimeOf(attempts: readonly AttemptModel[]): HerdObservations["refusalTime"] {
  const times = timesOf(attempts, ({ outcome }) => outcome.kind === "negotiate-failed");
  const middle = times[Math.floor(times.length / 2)];
  return middle === undefined ? null : { value: middle, attempts: times.length };
}

/** In whole milliseconds, ascending. */
const timesOf = (attempts: readonly AttemptModel[], counts: (attempt: AttemptModel) => boolean): number[] =>
  attempts
    .filter(counts)
    .flatMap(({ startedAt, endedAt }) =>
      startedAt === null || endedAt === null ? [] : [Math.max(1, Math.round(endedAt - startedAt))],
    )
    .sort((a, b) => a - b);
