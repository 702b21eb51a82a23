/**
 * A recording file as something to export. Its text is read twice, so that little of it is in memory: first to learn what is in it,
 * whether it can be read and whether its events are in order; then to pass its events on. Files of the panel are read differently,
 * into the store.
 */
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import { BrokenContent } from "../core/recording/broken-content.ts";
import { LONGEST_TO_SORT, TOO_MANY_TO_SORT } from "../core/recording/file-format.ts";
import {
  createRecordingReader,
  inOrderOfSeq,
  type EventsRead,
  type PageHead,
  type RecordingEnd,
  type RecordingReader,
} from "../core/recording/recording-reader.ts";
import { leftOutWarning, restIsMissing } from "../core/recording/read-problems.ts";
import { openOther } from "../core/other-tools/open-other.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import type { Scorecard } from "../core/scenarios/scorecard.ts";
import type { RecordingSource } from "./recording-source.ts";

/** The text of a file from its beginning, in pieces. Throws `BrokenContent` where it can't be unpacked further. */
export type ReadTexts = () => AsyncIterable<string>;

export interface OpenedRecording extends RecordingSource {
  readonly pages: readonly PageHead[];
  readonly events: number;
  /** Of the first and the last event. */
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly scorecard: () => Scorecard | null;
  /** Version of Hubscope that wrote it, and when: as the file says. */
  readonly hubscope: string;
  readonly exportedAt: string;
  /** What could not be read. Sentences for the user. Empty: everything was read. */
  readonly warnings: readonly string[];
  /** Of a file of another tool: what such files don't tell. Sentences for the user. */
  readonly notes: readonly string[];
}

export type Opening =
  | { readonly ok: true; readonly recording: OpenedRecording }
  /** A sentence for the user. */
  | { readonly ok: false; readonly problem: string };

/**
 * A recording of Hubscope, or a file of another tool that `readOther` knows.
 * @throws what reading the text throws
 */
export async function openRecording(texts: ReadTexts): Promise<Opening> {
  const first = await look(texts);
  if (!first.end.ok) {
    const { problem, isOurs } = first.end;
    if (isOurs) return { ok: false, problem };
    const other = await openOther(texts(), problem);
    if (!other.ok) return other;
    const opening = await openRecording(() => oneText(other.text));
    return opening.ok ? { ok: true, recording: { ...opening.recording, notes: other.notes } } : opening;
  }
  const { end, events, from, to, pages: read } = first;
  if (read.some(({ inOrder, length }) => !inOrder && length > LONGEST_TO_SORT))
    return { ok: false, problem: `The recording can't be read: ${TOO_MANY_TO_SORT}.` };
  const heads = withOwnIds(end.pages);
  const leftOut = end.leftOut + read.reduce((sum, { twice }) => sum + twice, 0);
  return {
    ok: true,
    recording: {
      ...{ pages: heads, from, to },
      events: events - read.reduce((sum, { twice }) => sum + twice, 0),
      hubscope: end.hubscope,
      exportedAt: end.exportedAt,
      warnings: [
        ...(end.damage ? [restIsMissing(end.damage, events)] : []),
        ...(leftOut > 0 ? [leftOutWarning(leftOut)] : []),
      ],
      notes: [],
      scorecard: () => end.scorecard,
      async *read() {
        let unsorted: RecordedEvent[] = [];
        let at = -1;
        for await (const { page, events } of eventsIn(texts, createRecordingReader())) {
          const before = heads[at];
          if (page !== at && before && unsorted.length > 0) {
            yield { page: before, events: inOrderOfSeq(unsorted).events };
            unsorted = [];
          }
          for (; at < page; at++) {
            const next = heads[at + 1];
            if (next) yield { page: next, events: [] };
          }
          const head = heads[page];
          if (!head) continue;
          if (read[page]?.inOrder === false) for (const event of events) unsorted.push(event);
          else yield { page: head, events };
        }
        const last = heads[at];
        if (last && unsorted.length > 0) yield { page: last, events: inOrderOfSeq(unsorted).events };
        for (const head of heads.slice(at + 1)) yield { page: head, events: [] };
      },
    },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a ReadTexts is asynchronous
async function* oneText(text: string): AsyncGenerator<string> {
  yield text;
}

interface PageSeen {
  inOrder: boolean;
  /** Of its text. */
  length: number;
  /** Events that are in it more than once. */
  twice: number;
}

interface FirstLook {
  readonly end: RecordingEnd;
  readonly events: number;
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly pages: readonly PageSeen[];
}

async function look(texts: ReadTexts): Promise<FirstLook> {
  const reader = createRecordingReader();
  const pages: PageSeen[] = [];
  let length = 0;
  let begin = 0;
  let events = 0;
  let from = Infinity;
  let to = -Infinity;
  const counted: ReadTexts = async function* () {
    for await (const text of texts()) {
      length += text.length;
      yield text;
    }
  };
  const seqs = new Map<number, Set<number>>();
  const reading = eventsIn(counted, reader);
  let next = await reading.next();
  for (; next.done !== true; next = await reading.next()) {
    const { page, events: some, inOrder } = next.value;
    if (!pages[page]) begin = length;
    const own = (pages[page] ??= { inOrder: true, length: 0, twice: 0 });
    own.length = length - begin;
    events += some.length;
    for (const { t } of some) {
      if (t < from) from = t;
      if (t > to) to = t;
    }
    if (!inOrder) own.inOrder = false;
  }
  const end = next.value;
  if (end.ok && pages.some((page) => !page.inOrder && page.length <= LONGEST_TO_SORT)) {
    for await (const { page, events: some } of eventsIn(texts, createRecordingReader())) {
      const own = pages[page];
      if (own?.inOrder !== false) continue;
      const known = seqs.get(page) ?? new Set();
      seqs.set(page, known);
      for (const { seq } of some) {
        if (known.has(seq)) own.twice++;
        known.add(seq);
      }
    }
  }
  return { end, events, from, to, pages };
}

/** All events of the text, in the order of the file. What comes behind damage is missing. */
async function* eventsIn(
  texts: ReadTexts,
  reader: RecordingReader,
): AsyncGenerator<EventsRead, RecordingEnd, undefined> {
  try {
    for await (const text of texts()) {
      yield* reader.push(text);
      if (reader.isDone()) break;
    }
  } catch (error) {
    if (!(error instanceof BrokenContent)) throw error;
    const end = yield* reader.end();
    // What can't be unpacked is of no other tool either.
    return end.ok
      ? end
      : { ok: false, problem: `The recording can't be read: ${error.message}.`, isOurs: true };
  }
  return yield* reader.end();
}

/** Two pages with one id would become one page of the model. */
function withOwnIds(heads: readonly PageHead[]): readonly PageHead[] {
  const known = new Set<PageId>();
  return heads.map((head, i) => {
    const page = known.has(head.page) ? `${head.page}#${i + 1}` : head.page;
    known.add(page);
    return page === head.page ? head : { ...head, page };
  });
}
