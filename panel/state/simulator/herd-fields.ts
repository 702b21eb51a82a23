/** The fields of the simulator's form as data. Numbers are typed in the field's unit; the simulation counts milliseconds. */
import { HERD_MOST } from "../../../extension/core/herd/read-herd.ts";

interface AnyField {
  readonly label: string;
  /** The value at first. */
  readonly initial: string;
  /** Shown under it. */
  readonly hint?: string;
}

interface NumberField extends AnyField {
  readonly kind: "number";
  readonly unit: string | null;
  readonly least: number;
  readonly most: number;
  /** What one of its unit is for the simulation. */
  readonly factor: number;
  /** Without a fraction, in the simulation's unit. */
  readonly whole: boolean;
  /** What it means when it is empty. Absent: it is required. */
  readonly empty?: string;
}

interface ListField extends AnyField {
  readonly kind: "list";
}

interface ChoiceField extends AnyField {
  readonly kind: "choice";
  readonly of: Readonly<Record<string, string>>;
}

export type HerdField = NumberField | ListField | ChoiceField;

type NumberOptions = Partial<Pick<NumberField, "hint" | "empty" | "unit">>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const count = (
  label: string,
  initial: string,
  least: number,
  most: number,
  more: NumberOptions = {},
): NumberField => ({
  kind: "number",
  label,
  initial,
  least,
  most,
  unit: null,
  factor: 1,
  whole: true,
  ...more,
});

const seconds = (
  label: string,
  initial: string,
  least: number,
  most: number,
  more: NumberOptions = {},
): NumberField => ({
  ...count(label, initial, least, most / SECOND, { unit: "s", ...more }),
  factor: SECOND,
});

const milliseconds = (label: string, initial: string): NumberField =>
  count(label, initial, 1, HERD_MOST.delay, { unit: "ms" });

const rate = (label: string, initial: string, more: NumberOptions = {}): NumberField => ({
  ...count(label, initial, 0.001, HERD_MOST.perSecond, { unit: "a second", ...more }),
  whole: false,
});

const JITTER = { none: "None", full: "Full (0 to delay)", equal: "Equal (half to all)" };

/** The fields of a policy. */
const policyFields = (kind: string, jitter: string) =>
  ({
    kind: {
      kind: "choice",
      label: "Retries",
      initial: kind,
      of: { list: "List of delays", exponential: "Exponential backoff", fixed: "Fixed delay" },
    },
    delays: {
      kind: "list",
      label: "Delays",
      initial: "0, 2, 10, 30",
      hint: "As for withAutomaticReconnect(). Empty: no automatic reconnect.",
    },
    then: {
      kind: "choice",
      label: "After the last",
      initial: "give-up",
      of: { "give-up": "Gives up (null)", repeat: "Repeats the last delay" },
    },
    base: seconds("First delay", "1", 0.001, HERD_MOST.delay, { hint: "Doubled after each attempt." }),
    cap: seconds("Longest delay", "30", 0.001, HERD_MOST.delay),
    delay: seconds("Delay", "5", 0, HERD_MOST.delay),
    attempts: count("Attempts", "", 1, HERD_MOST.attempts, { empty: "It never gives up." }),
    jitter: { kind: "choice", label: "Jitter", initial: jitter, of: JITTER },
  }) satisfies Record<string, HerdField>;

const app = policyFields("list", "none");
const changed = policyFields("exponential", "full");

export const HERD_FIELDS = {
  clients: count("Clients", "100000", 1, HERD_MOST.clients),
  lost: {
    kind: "choice",
    label: "Lost",
    initial: "at-once",
    of: { "at-once": "All at once", drained: "One by one (drained)", region: "A share at once (region)" },
  },
  over: seconds("Within", "600", 0.001, HERD_MOST.time),
  share: { ...count("Share", "30", 0, 100, { unit: "%" }), factor: 0.01, whole: false },
  back: seconds("Server is back after", "0", 0, HERD_MOST.time, {
    hint: "Until then, attempts are refused.",
  }),
  kind: app.kind,
  delays: app.delays,
  then: app.then,
  base: app.base,
  cap: app.cap,
  delay: app.delay,
  attempts: app.attempts,
  jitter: app.jitter,
  restartAfter: seconds("App restarts after", "", 0.001, HERD_MOST.delay, {
    empty: "Never: no start() in onclose.",
  }),
  negotiates: rate("Negotiates", "1000", { empty: "No limit." }),
  burst: {
    ...count("At once", "", 1, HERD_MOST.perSecond, { empty: "As many as in a second." }),
    whole: false,
  },
  units: count("Azure units", "", 1, 10_000, { empty: "No limit of connections." }),
  perUnit: count("Connections per unit", "1000", 1, 10_000),
  tokens: rate("Token calls", "", { empty: "No limit." }),
  overload: {
    kind: "choice",
    label: "Above that",
    initial: "queue",
    of: { queue: "Calls wait in a queue", refuse: "Calls are refused" },
  },
  connectFrom: milliseconds("A reconnect takes", "100"),
  connectTo: milliseconds("up to", "500"),
  refusal: milliseconds("A refusal takes", "50"),
  toKind: changed.kind,
  toDelays: changed.delays,
  toThen: changed.then,
  toBase: changed.base,
  toCap: changed.cap,
  toDelay: changed.delay,
  toAttempts: changed.attempts,
  toJitter: changed.jitter,
  seed: count("Seed", "1", 0, HERD_MOST.seed, { hint: "The same seed gives the same result." }),
  horizon: {
    ...count("Simulate at most", "60", 1, HERD_MOST.time / MINUTE, { unit: "min" }),
    factor: MINUTE,
  },
} as const satisfies Record<string, HerdField>;

export type HerdKey = keyof typeof HERD_FIELDS;
/** As typed. */
export type HerdValues = Readonly<Record<HerdKey, string>>;

export const fieldOf = (key: HerdKey): HerdField => HERD_FIELDS[key];

export interface HerdGroup {
  readonly title: string;
  readonly keys: readonly HerdKey[];
  readonly note?: string;
}

/** The form, from top to bottom. */
export const HERD_GROUPS: readonly HerdGroup[] = [
  { title: "Loss", keys: ["clients", "lost", "over", "share", "back"] },
  {
    title: "App's retry policy",
    keys: ["kind", "delays", "then", "base", "cap", "delay", "attempts", "jitter", "restartAfter"],
  },
  {
    title: "Service",
    keys: ["negotiates", "burst", "units", "perUnit"],
    note: "Microsoft publishes 1,000 connections for each unit of Standard and Premium, but not how many negotiates a unit takes: that number is your assumption.",
  },
  { title: "Times", keys: ["connectFrom", "connectTo", "refusal"] },
  { title: "Token service", keys: ["tokens", "overload"] },
  {
    title: "Changed policy",
    keys: ["toKind", "toDelays", "toThen", "toBase", "toCap", "toDelay", "toAttempts", "toJitter"],
  },
  { title: "Simulation", keys: ["horizon", "seed"] },
];

const OF_KIND: Readonly<Record<string, readonly string[]>> = {
  list: ["delays", "then"],
  exponential: ["base", "cap", "attempts"],
  fixed: ["delay", "attempts"],
};
const POLICY_PARTS = new Set(Object.values(OF_KIND).flat());

const SHOWN_IF: Readonly<Partial<Record<HerdKey, (values: HerdValues) => boolean>>> = {
  over: ({ lost }) => lost === "drained",
  share: ({ lost }) => lost === "region",
  burst: ({ negotiates }) => negotiates.trim() !== "",
  perUnit: ({ units }) => units.trim() !== "",
  overload: ({ tokens }) => tokens.trim() !== "",
};

/** Whether the field means anything with these values. */
export function isShown(key: HerdKey, values: HerdValues): boolean {
  const part = key.startsWith("to") ? key.charAt(2).toLowerCase() + key.slice(3) : key;
  const kind = part === key ? values.kind : values.toKind;
  if (POLICY_PARTS.has(part)) return OF_KIND[kind]?.includes(part) === true;
  return SHOWN_IF[key]?.(values) ?? true;
}
