/** The tables of `bench:watched`. */
import { median, percentile, rounded, spread } from "../statistics.ts";
import { LONGEST_FRAME, LONGEST_TASK, type Kind, type Variant, type WatchedCase } from "./cases.ts";
import type { FrameNotes } from "./frame-watch.ts";
import type { Figures, Shown } from "./watched-browser.ts";

/** The figures of all variants of a kind; the first is the base. */
export type Round = ReadonlyMap<Variant, Figures>;

const WHO: Readonly<Record<Variant, string>> = {
  inert: "inert panel",
  panel: "our panel",
  network: "Chrome's Network panel",
  alone: "page alone",
  window: "our window",
};

export function printCase(
  kind: Kind,
  name: string,
  it: WatchedCase,
  variants: readonly Variant[],
  rounds: readonly Round[],
): void {
  const wanted = it.wanted[kind];
  console.log(
    `\n${kind}, ${name}: ${it.title} (${whole(it.messages)} messages of ${it.size} bytes, ${rounds.length} rounds)`,
  );
  const [base, ...others] = variants;
  if (base === undefined) return;
  for (const variant of others) {
    const ours = variant === "panel" || variant === "window";
    line(
      "page CPU",
      variant,
      base,
      "µs",
      rounds,
      ({ pageCpu }) => pageCpu,
      ours ? wanted.pageCpu : undefined,
    );
    line(
      "throughput",
      variant,
      base,
      "/s",
      rounds,
      ({ throughput }) => throughput,
      ours ? wanted.throughput : undefined,
      true,
    );
    const shown = rounds.flatMap((round) => round.get(variant)?.shown ?? []);
    if (shown.length > 0) printShown(shown);
  }
}

function line(
  what: string,
  variant: Variant,
  base: Variant,
  unit: string,
  rounds: readonly Round[],
  read: (figures: Figures) => number,
  wanted?: number,
  atLeast = false,
): void {
  const values = (of: Variant): number[] =>
    rounds.map((round) => {
      const figures = round.get(of);
      return figures ? read(figures) : Number.NaN;
    });
  const [own, bases] = [values(variant), values(base)];
  const ratios = own.map((value, i) => value / (bases[i] ?? Number.NaN));
  print(
    what,
    WHO[variant],
    `${median(ratios).toFixed(2)} (${spread(ratios)})`,
    verdict(median(ratios), wanted, atLeast),
    `${rounded(median(own))} ${unit}, ${WHO[base]} ${rounded(median(bases))}`,
  );
}

function printShown(all: readonly Shown[]): void {
  const of = (read: (shown: Shown) => number): string => rounded(median(all.map(read)));
  print(
    "shown",
    "",
    `${of(({ messages }) => messages)} messages`,
    "",
    `one by one ${of(({ stored }) => stored.rows)}, with payload ${of(({ stored }) => stored.payloads)}, left out ${Math.max(...all.map(({ dropped }) => dropped))}; complete ${of(({ behind }) => behind)} ms after the last one`,
  );
  // The same in each round, but for the time.
  const said = all.flatMap(({ notices }) => notices).map((text) => text.replaceAll(/\d+:\d+:\d+/g, "…"));
  for (const notice of new Set(said)) print("said", "", notice, "", "");
}

export function printTasks(tasks: readonly number[]): void {
  const longest = Math.max(0, ...tasks);
  const long = tasks.filter((task) => task > LONGEST_TASK).length;
  print(
    "tasks of ours",
    "longest",
    `${rounded(longest)} ms`,
    verdict(longest, LONGEST_TASK),
    `${long} above ${LONGEST_TASK} ms`,
  );
}

export function printFrames(
  variant: Variant,
  { gaps, longTasks }: FrameNotes,
  elapsed: number,
  shown: Shown | null,
): void {
  const isOurs = variant === "panel" || variant === "window";
  const late = percentile(gaps, 0.95);
  print(
    "panel frames",
    `${WHO[variant]}, ${rounded(elapsed / 1_000)} s`,
    `${rounded(late)} ms at 95 %`,
    verdict(late, isOurs ? LONGEST_FRAME : undefined),
    `median ${rounded(median(gaps))}, longest ${rounded(Math.max(...gaps))}; ${longTasks.length} tasks above 50 ms, longest ${rounded(Math.max(0, ...longTasks))}`,
  );
  if (shown) printShown([shown]);
}

function print(what: string, who: string, figure: string, judged: string, more: string): void {
  console.log(
    ["  " + what.padEnd(13), who.padEnd(22), figure.padEnd(18), judged.padEnd(9), more].join(" ").trimEnd(),
  );
}

const whole = (value: number): string => value.toLocaleString("en");

/** A missed value has a mark. */
function verdict(value: number, wanted: number | undefined, atLeast = false): string {
  if (wanted === undefined) return "";
  const isMet = atLeast ? value >= wanted : value <= wanted;
  return `${atLeast ? "≥" : "≤"} ${wanted}${isMet ? "" : " !"}`;
}
