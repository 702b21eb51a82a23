/** From what was typed in to what is simulated, or to what is wrong with it. Pure. */
import type { HerdInput } from "../../../extension/core/herd/herd-input.ts";
import { readHerd } from "../../../extension/core/herd/read-herd.ts";
import { withFullJitter } from "../../../extension/core/herd/with-full-jitter.ts";
import { sentence } from "../../../extension/core/faults/problem.ts";
import { whole } from "../../../extension/core/text/format.ts";
import { readNumber } from "../numbers.ts";
import {
  fieldOf,
  HERD_FIELDS,
  isShown,
  type HerdField,
  type HerdKey,
  type HerdValues,
} from "./herd-fields.ts";

/** What is compared. */
export const VARIANTS = ["app", "jitter", "changed"] as const;
export type Variant = (typeof VARIANTS)[number];

export type HerdProblems = Readonly<Partial<Record<HerdKey, string>>>;

export type ReadHerdForm =
  | { readonly ok: true; readonly inputs: Readonly<Record<Variant, HerdInput>> }
  | { readonly ok: false; readonly problems: HerdProblems };

const KEYS = Object.keys(HERD_FIELDS) as HerdKey[];

export const initialHerd = (): HerdValues =>
  Object.fromEntries(KEYS.map((key) => [key, fieldOf(key).initial])) as unknown as HerdValues;

export function readHerdForm(values: HerdValues): ReadHerdForm {
  const problems: Partial<Record<HerdKey, string>> = {};
  const number = (key: HerdKey): number | null => {
    const read = isShown(key, values) ? readField(fieldOf(key), values[key]) : null;
    if (typeof read === "string") problems[key] = read;
    return typeof read === "number" ? read : null;
  };
  const list = (key: HerdKey): readonly number[] => {
    const read = isShown(key, values) ? readDelays(values[key]) : [];
    if (typeof read === "string") problems[key] = read;
    return typeof read === "string" ? [] : read;
  };
  const perSecond = number("negotiates");
  const tokens = number("tokens");
  const units = number("units");
  const from = number("connectFrom");
  const to = number("connectTo");
  if (from !== null && to !== null && to < from) problems.connectTo = `at least ${whole(from)}`;
  const input = {
    clients: number("clients"),
    loss: { kind: values.lost, over: number("over"), share: number("share") },
    policy: {
      kind: values.kind,
      delays: list("delays"),
      then: values.then,
      base: number("base"),
      cap: number("cap"),
      delay: number("delay"),
      attempts: number("attempts"),
      jitter: values.jitter,
    },
    restartAfter: number("restartAfter"),
    restartTime: number("back"),
    negotiates: perSecond === null ? null : { perSecond, burst: number("burst") ?? Math.max(1, perSecond) },
    capacity: units === null ? null : units * (number("perUnit") ?? 0),
    tokens: tokens === null ? null : { perSecond: tokens, overload: values.overload },
    connectTime: { from, to },
    refusalTime: number("refusal"),
    seed: number("seed"),
    horizon: number("horizon"),
  };
  const policy = {
    kind: values.toKind,
    delays: list("toDelays"),
    then: values.toThen,
    base: number("toBase"),
    cap: number("toCap"),
    delay: number("toDelay"),
    attempts: number("toAttempts"),
    jitter: values.toJitter,
  };
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const app = readHerd(input);
  const changed = readHerd({ ...input, policy });
  if (app.ok && changed.ok) {
    const jitter = { ...app.input, policy: withFullJitter(app.input.policy) };
    return { ok: true, inputs: { app: app.input, jitter, changed: changed.input } };
  }
  for (const [read, prefix] of [
    [app, ""],
    [changed, "to"],
  ] as const)
    for (const problem of read.ok ? [] : read.problems)
      problems[fieldAt(problem.at, prefix)] ??= WORDS[problem.at] ?? sentence(problem);
  return { ok: false, problems };
}

/** Checks of the simulation that concern more than one field, in words for the form. */
const WORDS: Readonly<Record<string, string>> = {
  "policy.cap": "not less than the first delay",
  "policy.delays": "at most 100 delays, together at most 2 h",
  "policy.attempts": "their delays together: at most 2 h",
};

/** The field for a path of the simulation's input. */
function fieldAt(at: string, prefix: "" | "to"): HerdKey {
  const part = /^policy\.(\w+)/.exec(at)?.[1] ?? "clients";
  const name = prefix === "" ? part : `to${part.charAt(0).toUpperCase()}${part.slice(1)}`;
  return KEYS.find((key) => key === name) ?? "clients";
}

/** A number for the simulation, null for a field that may be empty and is, or what is wrong. */
function readField(field: HerdField, text: string): number | string | null {
  if (field.kind !== "number") return null;
  const { least, most, factor, empty } = field;
  if (text.trim() === "") return empty === undefined ? "required" : null;
  const typed = readNumber(text);
  if (typed === null || typed < least || typed > most) return `${grouped(least)} to ${grouped(most)}`;
  const value = typed * factor;
  if (!field.whole) return value;
  return factor > 1 || Number.isInteger(value) ? Math.round(value) : "a whole number";
}

const grouped = (n: number): string => (Number.isInteger(n) ? whole(n) : String(n));

const MOST_SECONDS = 3_600;

/** "0, 2, 10, 30", in seconds. */
function readDelays(text: string): readonly number[] | string {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "" && part !== "null");
  const seconds = parts.map(readNumber);
  const wrong = parts.find((_, i) => (seconds[i] ?? Infinity) > MOST_SECONDS);
  if (wrong !== undefined) return `seconds from 0 to 3,600, not "${wrong.slice(0, 20)}"`;
  return seconds.map((one) => Math.round((one ?? 0) * 1_000));
}
