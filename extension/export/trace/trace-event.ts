/**
 * Events of the Trace Event Format
 * (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU). Times are microseconds since the Unix epoch, so that
 * they can be compared with the logs of a server.
 */
import type { EpochMilliseconds } from "../../core/units.ts";

/** null and undefined are left out. */
export type Args = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Track {
  /** Of a page: a process. */
  readonly pid: number;
  /** Unique in a file. */
  readonly tid: number;
}

/** Where something took place on the timeline. `until`: when it was last known to go on, if it has no end. */
export interface Slice {
  readonly name: string;
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds;
  readonly args?: Args;
}

type Category = "state" | "interruption" | "attempt" | "request" | "transport" | "call" | "message" | "page";

const microseconds = (t: EpochMilliseconds): number => Math.round(t * 1_000);

const text = (event: Readonly<Record<string, unknown>>): string => JSON.stringify(event);

const argsOf = (args: Args | undefined): { readonly args?: Record<string, unknown> } => {
  const known = Object.entries(args ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return known.length === 0 ? {} : { args: Object.fromEntries(known) };
};

export const sliceText = ({ pid, tid }: Track, cat: Category, { name, from, until, args }: Slice): string =>
  text({
    ...{ ph: "X", cat, name: named(name), pid, tid, ts: microseconds(from) },
    ...{ dur: Math.max(0, microseconds(until) - microseconds(from)), ...argsOf(args) },
  });

/** Begin and end apart: for what has no place on a track, as it overlaps with too much. */
export function asyncTexts({ pid, tid }: Track, cat: Category, id: string, slice: Slice): string[] {
  const { name, from, until, args } = slice;
  const both = { cat, name: named(name), id, pid, tid };
  return [
    text({ ph: "b", ...both, ts: microseconds(from), ...argsOf(args) }),
    text({ ph: "e", ...both, ts: microseconds(Math.max(from, until)) }),
  ];
}

/** "I", not "i": Chrome's panel takes only that for one. */
export const instantText = (
  { pid, tid }: Track,
  cat: Category,
  name: string,
  t: EpochMilliseconds,
  args?: Args,
): string =>
  text({ ph: "I", s: "t", cat, name: named(name), pid, tid, ts: microseconds(t), ...argsOf(args) });

export const counterText = (
  { pid, tid }: Track,
  name: string,
  t: EpochMilliseconds,
  values: Readonly<Record<string, number>>,
): string => text({ ph: "C", name, pid, tid, ts: microseconds(t), args: values });

/** Names and order of a page and of its tracks. */
export const processTexts = (pid: number, name: string): string[] => [
  text({ ph: "M", name: "process_name", pid, tid: 0, ts: 0, args: { name } }),
  text({ ph: "M", name: "process_sort_index", pid, tid: 0, ts: 0, args: { sort_index: pid } }),
];

export const threadTexts = ({ pid, tid }: Track, name: string): string[] => [
  text({ ph: "M", name: "thread_name", pid, tid, ts: 0, args: { name } }),
  text({ ph: "M", name: "thread_sort_index", pid, tid, ts: 0, args: { sort_index: tid } }),
];

/** Viewers show nothing of an event without a name. */
const named = (name: string): string => (name === "" ? "(no name)" : name);
