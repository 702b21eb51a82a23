/** What the summary needs of one recording: little, as there may be thousands. */
import { interruptionsOf } from "../../core/analysis/analyze.ts";
import type { Interruption } from "../../core/analysis/analysis.ts";
import { availabilityOf } from "../../core/model/availability.ts";
import { createReducer } from "../../core/model/reducer.ts";
import type { RecordingModel } from "../../core/model/types.ts";
import { addressOf } from "../../core/protocol/addresses.ts";
import { createRecordingReader } from "../../core/recording/recording-reader.ts";
import type { EpochMilliseconds, Milliseconds } from "../../core/units.ts";
import { openRecording } from "../../export/open-recording.ts";
import { reasonOf } from "../exit.ts";
import { readTexts } from "../files/read-texts.ts";

export interface Loss {
  readonly url: string;
  readonly kind: Interruption["kind"];
  readonly cause: string;
  readonly title: string;
  /** "unknown": page or recording ended before. */
  readonly end: "recovered" | "lost" | "unknown";
  /** Until it was connected again, or as far as the recording goes. */
  readonly lasted: Milliseconds;
}

export type RecordingFacts =
  | { readonly file: string; readonly problem: string }
  | {
      readonly file: string;
      readonly problem: null;
      readonly from: EpochMilliseconds;
      readonly to: EpochMilliseconds;
      readonly events: number;
      /** Not all of it could be read. */
      readonly isDamaged: boolean;
      /** How long each was there, and missing while the app wanted it: as a report says it. */
      readonly hubs: readonly {
        readonly url: string;
        readonly connected: Milliseconds;
        readonly disconnected: Milliseconds;
      }[];
      /** At least one of them was missing. */
      readonly disconnected: Milliseconds;
      readonly losses: readonly Loss[];
    };

/** Never throws: what is wrong with one file is no matter of the others. */
export async function factsOf(file: string): Promise<RecordingFacts> {
  try {
    return isHar(file)
      ? await oneByOne(() => readTwice(file))
      : ((await readOnce(file)) ?? (await readTwice(file)));
  } catch (error) {
    return { file, problem: reasonOf(error) };
  }
}

const isHar = (file: string): boolean => /\.har(?:\.gz)?$/i.test(file);

let lastHar: Promise<unknown> = Promise.resolve();

/** Such a file is whole in memory while it is read. */
function oneByOne<T>(read: () => Promise<T>): Promise<T> {
  const reading = lastHar.then(read);
  lastHar = reading.catch(() => undefined);
  return reading;
}

/** The usual file, in one pass. null: it must be sorted first, is damaged, or names its pages behind their events. */
async function readOnce(file: string): Promise<RecordingFacts | null> {
  const reader = createRecordingReader();
  const reducer = createReducer();
  let events = 0;
  try {
    for await (const text of readTexts(file))
      for (const part of reader.push(text)) {
        const head = reader.head(part.page);
        if (!head || !part.inOrder) return null;
        // A page's id may occur twice in a file that somebody has put together.
        reducer.apply(`${part.page} ${head.page}`, part.events);
        events += part.events.length;
      }
  } catch (error) {
    if (error instanceof Error && "code" in error) throw error;
    return null;
  }
  const ending = reader.end();
  const last = ending.next();
  if (last.done !== true || !last.value.ok || last.value.damage || last.value.leftOut > 0) return null;
  return { file, problem: null, events, isDamaged: false, ...factsIn(reducer.model) };
}

async function readTwice(file: string): Promise<RecordingFacts> {
  const opening = await openRecording(() => readTexts(file));
  if (!opening.ok) return { file, problem: opening.problem };
  const reducer = createReducer();
  const { recording } = opening;
  for await (const { page, events } of recording.read()) reducer.apply(page.page, events);
  const isDamaged = recording.warnings.length > 0;
  return { file, problem: null, events: recording.events, isDamaged, ...factsIn(reducer.model) };
}

function factsIn(model: RecordingModel) {
  const { hubs, down } = availabilityOf(model);
  return {
    from: model.from,
    to: model.to,
    hubs: hubs.map(({ hub, uptime }) => ({
      ...{ url: addressOf(hub.url), connected: uptime.up, disconnected: uptime.down },
    })),
    disconnected: down,
    losses: interruptionsOf(model).map(
      ({ url, kind, cause, title, from, until, outcome, recovered }): Loss => ({
        ...{ url: addressOf(url), kind, cause, title },
        end: recovered ? "recovered" : UNKNOWN.has(outcome) ? "unknown" : "lost",
        lasted: Math.max(0, (until ?? model.to) - from),
      }),
    ),
  };
}

const UNKNOWN: ReadonlySet<string> = new Set(["ongoing", "trying", "page-ended", "recording-ended"]);
