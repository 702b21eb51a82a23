/**
 * `npm run bench:model`: how fast the model is built from recordings of three lengths, and how much memory it needs. Fails when
 * a million events take too long, or when the time isn't linear.
 */
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import { syntheticRecording } from "./synthetic.ts";

const LENGTHS = [10_000, 100_000, 1_000_000];
const ROUNDS = 5;
/** Events per batch. The relay sends a few hundred at once; a panel that opens reads thousands. */
const BATCH = 1_000;
const WANTED = { millionInMilliseconds: 2_000, ratio: 2 };

interface Figures {
  readonly length: number;
  readonly milliseconds: number;
  readonly slowest: number;
  readonly verdictMilliseconds: number;
  readonly verdicts: number;
  readonly bytes: number | null;
}

const figures = LENGTHS.map(measure);
for (const { length, milliseconds, slowest, verdictMilliseconds, verdicts, bytes } of figures)
  console.log(
    [
      `${length.toLocaleString("en").padStart(9)} events`,
      `${milliseconds.toFixed(0).padStart(6)} ms (to ${slowest.toFixed(0)})`,
      `${Math.round(length / (milliseconds / 1_000))
        .toLocaleString("en")
        .padStart(10)} events/s`,
      `${((milliseconds * 1_000) / length).toFixed(2)} µs/event`,
      bytes === null ? "" : `${(bytes / length).toFixed(0)} bytes/event`,
      `${verdicts} verdicts in ${verdictMilliseconds.toFixed(1)} ms`,
    ].join("   "),
  );
const [, middle, million] = figures;
if (middle && million) {
  const ratio = million.milliseconds / million.length / (middle.milliseconds / middle.length);
  console.log(`ten times as many events take ${(ratio * 10).toFixed(1)} times as long`);
  const failures = [
    ...(million.milliseconds > WANTED.millionInMilliseconds
      ? [
          `A million events take ${million.milliseconds.toFixed(0)} ms, wanted ${WANTED.millionInMilliseconds}.`,
        ]
      : []),
    ...(ratio > WANTED.ratio ? [`The time per event grows ${ratio.toFixed(1)} times.`] : []),
  ];
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function measure(length: number): Figures {
  const events = syntheticRecording(length);
  const rounds: number[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const from = performance.now();
    reduce(events);
    if (i > 0) rounds.push(performance.now() - from); // the first round only warms up
  }
  rounds.sort((a, b) => a - b);
  const before = heap();
  const model = reduce(events);
  const after = heap();
  const from = performance.now();
  const verdicts = lookAtAll(model);
  return {
    length,
    // The fastest round: other processes only make rounds slower.
    milliseconds: rounds[0] ?? NaN,
    slowest: rounds.at(-1) ?? NaN,
    verdictMilliseconds: performance.now() - from,
    verdicts,
    bytes: before === null || after === null ? null : after - before,
  };
}

function reduce(events: readonly RecordedEvent[]): RecordingModel {
  const reducer = createReducer();
  for (let i = 0; i < events.length; i += BATCH) reducer.apply("page", events.slice(i, i + BATCH));
  return reducer.model;
}

function lookAtAll({ hubs }: RecordingModel): number {
  let looked = 0;
  for (const { interruptions } of hubs)
    for (const interruption of interruptions) if (verdictOf(interruption).title !== "") looked++;
  return looked;
}

/** null: node was started without `--expose-gc`. */
function heap(): number | null {
  if (!globalThis.gc) return null;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
