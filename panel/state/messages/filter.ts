/** The language of the filter box: `hub:board type:invocation is:lost -target:tick "free text"`. Pure. */
import type { EventKind } from "../../../extension/core/events/events.ts";
import { MESSAGE_TYPES, type Direction } from "../../../extension/core/protocol/terms.ts";
import type { Bytes, Milliseconds } from "../../../extension/core/units.ts";
import { KIND_GROUPS, readBound, readKind, readType, type Bound } from "./filter-values.ts";

export const IS_WORDS = ["lost", "error", "ping", "swallowed", "injected", "pending", "counted"] as const;
export type IsWord = (typeof IS_WORDS)[number];

export type Condition =
  | { readonly key: "text" | "hub" | "target"; readonly value: string }
  | { readonly key: "type"; readonly value: number }
  | { readonly key: "kind"; readonly value: readonly EventKind[] }
  | { readonly key: "dir"; readonly value: Direction }
  | { readonly key: "is"; readonly value: IsWord }
  | { readonly key: "size"; readonly bound: Bound<Bytes> }
  | { readonly key: "latency"; readonly bound: Bound<Milliseconds> }
  /** Clock time in milliseconds since midnight, or milliseconds since the beginning of the recording. */
  | { readonly key: "from" | "to"; readonly at: number; readonly relative: boolean };

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly negated: boolean;
  /** At least one must match: `type:invocation,completion`. */
  readonly any: readonly Condition[];
  /** Why it is not valid; then the filter ignores it. */
  readonly problem: string | null;
}

export interface Filter {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly problem: string | null;
}

export const KEYS = ["hub", "type", "kind", "target", "dir", "is", "size", "latency", "from", "to"] as const;
type Key = (typeof KEYS)[number];

export function parseFilter(text: string): Filter {
  const tokens: Token[] = [];
  // Quotes enclose a text with spaces: from the beginning of a value to a quote before a space, or to the end. Other quotes are
  // part of the text, so that what is copied from a payload is found.
  for (const match of text.matchAll(/-?(?:[a-z]+:)?"(?:[^"]|"(?!\s|$))*(?:"|$)|\S+/gi))
    tokens.push(readToken(match[0], match.index));
  return { text, tokens, problem: tokens.find((token) => token.problem !== null)?.problem ?? null };
}

function readToken(raw: string, start: number): Token {
  const place = { start, end: start + raw.length };
  const negated = raw.length > 1 && raw.startsWith("-");
  const body = negated ? raw.slice(1) : raw;
  const colon = /^([a-z]+):/i.exec(body);
  const key = colon?.[1]?.toLowerCase();
  if (key === undefined || body.startsWith('"')) {
    const value = unquote(body);
    return {
      ...place,
      negated,
      // A minus is the beginning of what is to be left out.
      any: value === "" || raw === "-" ? [] : [{ key: "text", value: value.toLowerCase() }],
      problem: null,
    };
  }
  if (!(KEYS as readonly string[]).includes(key)) {
    // Text such as "https://…" is searched for; it is not a key.
    if (body[key.length + 1] === "/")
      return { ...place, negated, any: [{ key: "text", value: body.toLowerCase() }], problem: null };
    return {
      ...place,
      negated,
      any: [],
      problem: `no such key "${key}:", known are ${KEYS.map((name) => `${name}:`).join(" ")}`,
    };
  }
  const value = body.slice(key.length + 1);
  const any: Condition[] = [];
  for (const part of splitList(value)) {
    const condition = readCondition(key as Key, part);
    if (typeof condition !== "string") any.push(condition);
    else if (!isBeginning(key as Key, part)) return { ...place, negated, any: [], problem: condition };
  }
  return { ...place, negated, any, problem: null };
}

export const EXAMPLES: Readonly<Record<Key, string>> = {
  hub: "hub:board",
  type: "type:invocation,completion",
  kind: "kind:state,socket",
  target: "target:Send*",
  dir: "dir:in",
  is: "is:lost",
  size: "size:>1k",
  latency: "latency:>200ms",
  from: "from:10:44:10",
  to: "to:+2:30",
};

const SIZE_UNITS = { b: 1, "": 1, k: 1024, kb: 1024, m: 1024 ** 2, mb: 1024 ** 2 };
const TIME_UNITS = { ms: 1, "": 1, s: 1000, min: 60_000 };

const unquote = (text: string): string =>
  text.startsWith('"') ? text.slice(1, text.length > 1 && text.endsWith('"') ? -1 : undefined) : text;
const splitList = (value: string): string[] =>
  value.startsWith('"')
    ? [unquote(value)]
    : value
        .split(",")
        .filter((part) => part !== "")
        .map(unquote);

/** @returns the condition, or what is wrong */
function readCondition(key: Key, value: string): Condition | string {
  switch (key) {
    case "hub":
    case "target":
      return { key, value: value.toLowerCase() };
    case "type": {
      const type = readType(value);
      return type === null
        ? `no such type "${value}", e.g. invocation, streamitem, completion, ping, close`
        : { key, value: type };
    }
    case "kind": {
      const kinds = readKind(value);
      return kinds === null
        ? `no such kind "${value}", known are ${Object.keys(KIND_GROUPS).join(", ")}`
        : { key, value: kinds };
    }
    case "dir":
      return value === "in" || value === "out" ? { key, value } : `dir: is in or out, not "${value}"`;
    case "is": {
      const word = IS_WORDS.find((one) => one === value.toLowerCase());
      return word ? { key, value: word } : `is: knows ${IS_WORDS.join(", ")}, not "${value}"`;
    }
    case "size": {
      const bound = readBound(value, SIZE_UNITS);
      return bound ? { key, bound } : `size: is a figure like >1k or <=300, not "${value}"`;
    }
    case "latency": {
      const bound = readBound(value, TIME_UNITS);
      return bound ? { key, bound } : `latency: is a figure like >200ms or <1s, not "${value}"`;
    }
    case "from":
    case "to": {
      const time = readTime(value);
      return time ? { key, ...time } : `${key}: is a time like 10:44:10 or +1:30, not "${value}"`;
    }
  }
}

/** Incomplete input (`target:`, `type:inv`, `size:>`) is no error: it filters nothing yet. */
function isBeginning(key: Key, value: string): boolean {
  const begins = (words: readonly string[]): boolean =>
    words.some((word) => word.toLowerCase().startsWith(value.toLowerCase()));
  const beginsFigure = (units: Readonly<Record<string, number>>): boolean => {
    const match = /^(?:>=?|<=?|=)?(?:\d+(?:\.\d*)?)?([a-z]*)$/i.exec(value);
    return (
      match !== null &&
      (match[1] === "" ||
        (/\d/.test(value) &&
          Object.keys(units).some((unit) => unit.startsWith(match[1]?.toLowerCase() ?? ""))))
    );
  };
  switch (key) {
    case "hub":
    case "target":
      return true;
    case "type":
      return begins(["unknown", ...Object.values(MESSAGE_TYPES)]);
    case "kind":
      return begins([...Object.keys(KIND_GROUPS), ...Object.values(KIND_GROUPS).flat()]);
    case "dir":
      return begins(["in", "out"]);
    case "is":
      return begins(IS_WORDS);
    case "size":
      return beginsFigure(SIZE_UNITS);
    case "latency":
      return beginsFigure(TIME_UNITS);
    case "from":
    case "to":
      return /^(?:\+|\+?(?:\d{1,2}:){0,2}\d?|\d{2})$/.test(value);
  }
}

/** Clock time "10:44", "10:44:10.5", or time since the beginning "+90", "+1:30". */
export function readTime(value: string): { at: number; relative: boolean } | null {
  const relative = value.startsWith("+");
  const parts = (relative ? value.slice(1) : value).split(":");
  if (parts.length > 3 || (!relative && parts.length < 2)) return null;
  if (!parts.every((part, i) => (i === parts.length - 1 ? /^\d{1,6}(\.\d{1,3})?$/ : /^\d{1,4}$/).test(part)))
    return null;
  const figures = parts.map(Number);
  if (relative) return { at: figures.reduce((sum, figure) => sum * 60 + figure, 0) * 1000, relative };
  const [hours = 0, minutes = 0, seconds = 0] = figures;
  if (hours > 23 || minutes > 59 || seconds >= 60) return null;
  return { at: ((hours * 60 + minutes) * 60 + seconds) * 1000, relative };
}
