/** The table of `bench:panel`: a column for each size, and what is wanted of a million events. */
import { median, percentile, rounded } from "../statistics.ts";
import type { LongTasks } from "./analysis.ts";
import type { Figures, Filtering, Opening } from "./measure.ts";

export interface Measured {
  readonly events: number;
  readonly figures: Figures;
}

interface Row {
  readonly name: string;
  readonly wanted?: number;
  readonly unit: "ms" | "MB" | "";
  /** null: the browser doesn't tell. */
  readonly value: (figures: Figures) => number | null;
}

const NAME = 44;
const WANTED = 12;
const COLUMN = 14;

export function tableOf(measured: readonly Measured[]): string {
  const filters = measured[0]?.figures.filters.map(({ text }) => text) ?? [];
  const head = [
    "".padEnd(NAME),
    "wanted".padEnd(WANTED),
    ...measured.map(({ events }) => events.toLocaleString("en").padStart(COLUMN)),
  ];
  const lines = rowsFor(filters).map(({ name, wanted, unit, value }) =>
    [
      name.padEnd(NAME),
      (wanted === undefined ? "" : `≤ ${wanted} ${unit}`.trim()).padEnd(WANTED),
      ...measured.map(({ figures }) => cell(value(figures), wanted).padStart(COLUMN)),
    ].join(""),
  );
  return [head.join(""), ...lines].join("\n");
}

function cell(value: number | null, wanted: number | undefined): string {
  if (value === null) return "–";
  const text = Number.isInteger(value) ? value.toLocaleString("en") : rounded(value);
  return wanted !== undefined && value > wanted ? `${text} !` : `${text}  `;
}

function rowsFor(filters: readonly string[]): Row[] {
  const stored = (pick: (opening: Opening) => number | null) => (figures: Figures) =>
    middleOf(figures.stored.map(pick));
  const file = (pick: (opening: Opening) => number | null) => (figures: Figures) => pick(figures.file);
  const opening = (
    name: string,
    of: typeof stored | typeof file,
    wanted: { timeline: number; complete: number },
  ): Row[] => [
    {
      name: `${name}: first timeline`,
      unit: "ms",
      wanted: wanted.timeline,
      value: of((one) => one.timeline),
    },
    { name: `${name}: complete`, unit: "ms", wanted: wanted.complete, value: of((one) => one.complete) },
    ...tasksOf(name, (pick) => of((one) => pick(one.tasks))),
  ];
  return [
    ...opening("stored recording", stored, { timeline: 300, complete: 2_000 }),
    { name: "stored recording: heap when complete", unit: "MB", wanted: 120, value: heapOf },
    ...opening("file", file, { timeline: 3_000, complete: 8_000 }),
    ...filters.flatMap((text) => filterRows(text)),
    { name: "key stroke: median", unit: "ms", wanted: 16, value: ({ keys }) => median(keys) },
    { name: "key stroke: longest", unit: "ms", value: ({ keys }) => Math.max(...keys) },
    { name: "drawing: median", unit: "ms", wanted: 4, value: ({ draws }) => median(draws) },
    {
      name: "drawing: 95th percentile",
      unit: "ms",
      wanted: 16,
      value: ({ draws }) => percentile(draws, 0.95),
    },
    { name: "drawing: frames", unit: "", value: ({ draws }) => draws.length },
    ...tasksOf(
      "list scrolls",
      (pick) =>
        ({ scrolling }) =>
          pick(scrolling),
    ),
    ...tasksOf(
      "list jumps",
      (pick) =>
        ({ jumping }) =>
          pick(jumping),
    ),
  ];
}

function filterRows(text: string): Row[] {
  const isSearch = text.startsWith('"');
  const of = (pick: (filtering: Filtering) => number | null) => (figures: Figures) =>
    middleOf(figures.filters.find((filter) => filter.text === text)?.rounds.map(pick) ?? []);
  return [
    {
      name: `${text}: first answer`,
      unit: "ms",
      wanted: isSearch ? 100 : 300,
      value: of((one) => one.first),
    },
    {
      name: `${text}: complete`,
      unit: "ms",
      wanted: isSearch ? 1_500 : 300,
      value: of((one) => one.complete),
    },
    ...tasksOf(text, (pick) => of((one) => pick(one.tasks))),
  ];
}

function tasksOf(name: string, of: (pick: (tasks: LongTasks) => number | null) => Row["value"]): Row[] {
  return [
    { name: `${name}: tasks above 50 ms`, unit: "", wanted: 0, value: of((tasks) => tasks.count) },
    { name: `${name}: longest task`, unit: "ms", wanted: 50, value: of((tasks) => tasks.longest) },
    { name: `${name}: above 50 ms of CPU time`, unit: "", value: of((tasks) => tasks.cpuCount) },
    { name: `${name}: most CPU time of a task`, unit: "ms", value: of((tasks) => tasks.cpuLongest) },
  ];
}

const heapOf = ({ heap }: Figures): number | null => (heap === null ? null : heap / 2 ** 20);

/** The median of all rounds; null: the browser doesn't tell. */
function middleOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}
