/** Checks what a person typed in, or what comes from elsewhere: a result has only known fields with valid values. */
import { grouped, quote, type Problem } from "../faults/problem.ts";
import { isObject } from "../is-object.ts";
import type { Milliseconds } from "../units.ts";
import {
  JITTERS,
  type ExponentialPolicy,
  type FixedPolicy,
  type HerdInput,
  type HerdLoss,
  type HerdPolicy,
  type Jitter,
  type ListPolicy,
} from "./herd-input.ts";
import { delaysOf } from "./policy-table.ts";

const HOUR: Milliseconds = 3_600_000;

export const HERD_MOST = {
  clients: 1_000_000,
  delay: HOUR,
  /** All delays of a policy that gives up. Each has a calendar as long as itself. */
  delays: 2 * HOUR,
  attempts: 100,
  time: 24 * HOUR,
  perSecond: 1_000_000,
  capacity: 100_000_000,
  seed: 0xffff_ffff,
} as const;

export type ReadHerd =
  | { readonly ok: true; readonly input: HerdInput }
  /** The `at` of each is a path, such as `policy.delays[2]`. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function readHerd(value: unknown): ReadHerd {
  const problems: Problem[] = [];
  const check = new Check(value, "", problems);
  const input: HerdInput = {
    clients: check.whole("clients", 1, HERD_MOST.clients),
    loss: readLoss(check.part("loss")),
    policy: readPolicy(check.part("policy")),
    restartAfter: check.has("restartAfter") ? check.whole("restartAfter", 1, HERD_MOST.delay) : null,
    restartTime: check.whole("restartTime", 0, HERD_MOST.time),
    negotiates: check.has("negotiates") ? readNegotiates(check.part("negotiates")) : null,
    capacity: check.has("capacity") ? check.whole("capacity", 0, HERD_MOST.capacity) : null,
    tokens: check.has("tokens") ? readTokens(check.part("tokens")) : null,
    connectTime: readConnectTime(check.part("connectTime")),
    refusalTime: check.whole("refusalTime", 1, HERD_MOST.delay),
    seed: check.whole("seed", 0, HERD_MOST.seed),
    horizon: check.whole("horizon", 1_000, HERD_MOST.time),
  };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, input };
}

function readLoss(check: Check): HerdLoss {
  const kind = check.choice("kind", ["at-once", "drained", "region"] as const);
  switch (kind) {
    case "at-once":
      return { kind };
    case "drained":
      return { kind, over: check.whole("over", 1, HERD_MOST.time) };
    case "region":
      return { kind, share: check.number("share", 0, 1) };
  }
}

function readPolicy(check: Check): HerdPolicy {
  const kind = check.choice("kind", ["list", "exponential", "fixed"] as const);
  const jitter: Jitter = check.choice("jitter", JITTERS);
  switch (kind) {
    case "list": {
      const policy: ListPolicy = {
        kind,
        delays: check.wholes("delays", 0, HERD_MOST.delay, HERD_MOST.attempts),
        then: check.choice("then", ["give-up", "repeat"] as const),
        jitter,
      };
      return together(check, policy, "delays");
    }
    case "exponential": {
      const base = check.whole("base", 1, HERD_MOST.delay);
      const cap = check.whole("cap", base, HERD_MOST.delay);
      const policy: ExponentialPolicy = { kind, base, cap, attempts: readAttempts(check), jitter };
      return together(check, policy, "attempts");
    }
    case "fixed": {
      const delay = check.whole("delay", 0, HERD_MOST.delay);
      const policy: FixedPolicy = { kind, delay, attempts: readAttempts(check), jitter };
      return together(check, policy, "attempts");
    }
  }
}

const readAttempts = (check: Check): number | null =>
  check.has("attempts") ? check.whole("attempts", 1, HERD_MOST.attempts) : null;

function together(check: Check, policy: HerdPolicy, field: string): HerdPolicy {
  if (!check.fine) return policy;
  const sum = delaysOf(policy).delays.reduce((total, delay) => total + delay, 0);
  if (sum > HERD_MOST.delays)
    check.wrong(field, `has delays of more than ${grouped(HERD_MOST.delays)} ms together`);
  return policy;
}

const readNegotiates = (check: Check): HerdInput["negotiates"] => ({
  perSecond: check.number("perSecond", 0.001, HERD_MOST.perSecond),
  burst: check.number("burst", 1, HERD_MOST.perSecond),
});

const readTokens = (check: Check): HerdInput["tokens"] => ({
  perSecond: check.number("perSecond", 0.001, HERD_MOST.perSecond),
  overload: check.choice("overload", ["queue", "refuse"] as const),
});

function readConnectTime(check: Check): HerdInput["connectTime"] {
  const from = check.whole("from", 1, HERD_MOST.delay);
  return { from, to: check.whole("to", from, HERD_MOST.delay) };
}

/** Reads the fields of an object, and notes what is wrong. A wrong field reads as its least value. */
class Check {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #problems: Problem[];

  constructor(value: unknown, path: string, problems: Problem[]) {
    this.#fields = isObject(value) ? value : {};
    this.#path = path;
    this.#problems = problems;
    if (!isObject(value)) problems.push({ at: path, say: `is an object, not ${quote(value)}` });
  }

  get fine(): boolean {
    return this.#problems.length === 0;
  }

  wrong(field: string, say: string): void {
    this.#problems.push({ at: this.#at(field), say });
  }

  has(field: string): boolean {
    return this.#get(field) != null;
  }

  part(field: string): Check {
    return new Check(this.#get(field), this.#at(field), this.#problems);
  }

  number(field: string, least: number, most: number): number {
    return this.#number(field, this.#get(field), least, most, false);
  }

  whole(field: string, least: number, most: number): number {
    return this.#number(field, this.#get(field), least, most, true);
  }

  wholes(field: string, least: number, most: number, longest: number): readonly number[] {
    const value = this.#get(field);
    if (Array.isArray(value) && value.length <= longest)
      return value.map((one: unknown, i) => this.#number(`${field}[${i}]`, one, least, most, true));
    this.wrong(field, `is a list of at most ${longest} numbers`);
    return [];
  }

  choice<T extends string>(field: string, of: readonly [T, ...T[]]): T {
    const value = this.#get(field);
    const found = of.find((one) => one === value);
    if (found === undefined) this.wrong(field, `is ${of.join(", ")}, not ${quote(value)}`);
    return found ?? of[0];
  }

  #number(field: string, value: unknown, least: number, most: number, whole: boolean): number {
    const isNumber = typeof value === "number" && value >= least && value <= most;
    if (isNumber && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? "a whole number" : "a number";
    this.wrong(field, `is ${kind} from ${grouped(least)} to ${grouped(most)}, not ${quote(value)}`);
    return least;
  }

  #get(field: string): unknown {
    return Object.hasOwn(this.#fields, field) ? this.#fields[field] : undefined;
  }

  #at(field: string): string {
    return this.#path === "" ? field : `${this.#path}.${field}`;
  }
}
