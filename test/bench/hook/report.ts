/** Prints what a case costs: for each figure the ratio to the page without the extension, as the median of all rounds. */
import { median, rounded, spread } from "../statistics.ts";
import type { Case, Wanted } from "./cases.ts";
import type { Figures, Variant } from "./measured-browser.ts";

export type Round = Readonly<Record<Variant, Figures>>;

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly wanted?: (wanted: Wanted) => number | undefined;
  /** Throughput: more is better. */
  readonly atLeast?: true;
}

const ROWS: Readonly<Record<Exclude<keyof Figures, "heap">, Row>> = {
  pageCpu: { name: "page CPU", unit: "µs", wanted: ({ pageCpu }) => pageCpu },
  script: { name: "script time", unit: "µs", wanted: ({ script }) => script },
  browserCpu: { name: "browser CPU", unit: "µs" },
  throughput: { name: "throughput", unit: "/s", atLeast: true, wanted: ({ throughput }) => throughput },
  call: { name: "round trip", unit: "µs" },
};

export function printCase(name: string, it: Case, rounds: readonly Round[]): void {
  const { messages, size, wanted = {} } = it;
  console.log(`\n${name}: ${it.title} (${messages.toLocaleString("en")} messages of ${size} bytes)`);
  const keys = Object.keys(ROWS) as (keyof typeof ROWS)[];
  for (const key of keys.filter((key) => rounds.every(({ without }) => Number.isFinite(without[key])))) {
    const row = ROWS[key];
    const values = (variant: Variant): number[] => rounds.map((round) => round[variant][key]);
    const ratios = (variant: Variant): number[] =>
      rounds.map((round) => round[variant][key] / round.without[key]);
    const ours = ratios("with");
    console.log(
      [
        `  ${row.name.padEnd(12)}`,
        `${median(ours).toFixed(2)} (${spread(ours)})`.padEnd(18),
        verdict(median(ours), row.wanted?.(wanted), row.atLeast).padEnd(16),
        `${rounded(median(values("with")))} ${row.unit}, without ${rounded(median(values("without")))}`.padEnd(
          30,
        ),
        `Chrome's recording ${median(ratios("recording")).toFixed(2)} (${spread(ratios("recording"))})`,
      ].join(" "),
    );
  }
  const growth = rounds.map((round) => round.with.heap - round.without.heap);
  console.log(
    [
      `  ${"page heap".padEnd(12)}`,
      `${signed(median(growth))} MB (${spread(growth, 1)})`.padEnd(18),
      verdict(median(growth), wanted.heap).padEnd(16),
    ].join(" "),
  );
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;

function verdict(value: number, wanted: number | undefined, atLeast = false): string {
  if (wanted === undefined) return "";
  const met = atLeast ? value >= wanted : value <= wanted;
  return `${atLeast ? "≥" : "≤"} ${wanted} ${met ? "met" : "MISSED"}`;
}
