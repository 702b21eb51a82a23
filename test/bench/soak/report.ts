/** The lines that the soak prints. */
import type { Phase } from "./phases.ts";
import type { Sample } from "./soak-browser.ts";

/** What the page keeps, in bytes. Compiled code grows as it is used, until all of it is compiled. */
export const keptHeap = ({ pageHeap, compiledCode }: Sample): number => pageHeap - compiledCode;

/** Growth of what the page keeps in the second half that is noise of the measurement, in bytes. */
const FLAT = 2 ** 20;

const COLUMNS = [
  "time",
  "messages",
  "page heap",
  "of it code",
  "listeners",
  "background",
  "database",
  "records",
  "lag",
];
const WIDTH = 12;

export const HEAD = line(COLUMNS);

export const sampleLine = (sample: Sample): string =>
  line([
    `${Math.floor(sample.at / 60)}:${String(Math.floor(sample.at % 60)).padStart(2, "0")}`,
    sample.received.toLocaleString("en"),
    megabytes(sample.pageHeap),
    megabytes(sample.compiledCode),
    String(sample.listeners),
    sample.backgroundHeap === null ? "stopped" : megabytes(sample.backgroundHeap),
    megabytes(sample.databaseBytes),
    sample.records.toLocaleString("en"),
    `${(sample.lag / 1_000).toFixed(1)} s`,
  ]);

/** How much the value has grown in the second half of the samples. */
export function growth(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const middle = samples[Math.floor((samples.length - 1) / 2)];
  const last = samples.at(-1);
  return middle && last ? of(last) - of(middle) : Number.NaN;
}

export function summaryOf({ samples, received, reconnects, audit, panel }: Phase): string {
  const { invocations, dropped, missing } = audit;
  const heap = growth(samples, keptHeap);
  const code = growth(samples, ({ compiledCode }) => compiledCode);
  const lines = [
    `page heap without compiled code in the second half: ${signed(heap)}, ${heap <= FLAT ? "flat" : "NOT FLAT"}; compiled code: ${signed(code)}; listeners: ${growth(samples, ({ listeners }) => listeners)}`,
    `recorded: ${invocations.toLocaleString("en")} of ${received.toLocaleString("en")} messages; ${dropped} noted as lost, ${missing} numbers missing`,
  ];
  if (reconnects > 0)
    lines.push(
      `reconnects recorded: ${audit.reconnects.toLocaleString("en")} of ${reconnects.toLocaleString("en")}`,
    );
  if (panel !== null) lines.push(`panel opened at the end: complete after ${(panel / 1_000).toFixed(1)} s`);
  return lines.map((text) => `  ${text}`).join("\n");
}

/** Whether everything that the page received is stored, counted or noted as lost. */
export const isWhole = ({ received, reconnects, audit }: Phase): boolean =>
  audit.invocations + audit.dropped === received && audit.reconnects === reconnects;

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;
const signed = (bytes: number): string => `${bytes < 0 ? "−" : "+"}${megabytes(Math.abs(bytes))}`;

function line(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(WIDTH)).join("");
}
