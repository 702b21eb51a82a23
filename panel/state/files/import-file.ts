/**
 * Reads a recording file into the store, piece by piece. The recording can be shown as soon as its first events are stored. A file
 * that ends early or is damaged is kept as far as it can be read.
 */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import { BrokenContent } from "../../../extension/core/recording/broken-content.ts";
import { LONGEST_TO_SORT, TOO_MANY_TO_SORT } from "../../../extension/core/recording/file-format.ts";
import {
  createRecordingReader,
  inOrderOfSeq,
  type EventsRead,
  type PageHead,
} from "../../../extension/core/recording/recording-reader.ts";
import { leftOutWarning, restIsMissing } from "../../../extension/core/recording/read-problems.ts";
import { openOther } from "../../../extension/core/other-tools/open-other.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import type { Import, ImportedPage } from "../../../extension/store/import.ts";
import type { ImportOutcome, OnProgress } from "../source.ts";
import type { StoredEvents } from "../file-orders.ts";
import { createAnnouncer } from "./announce.ts";
import { createPageSummary, type PageSummary } from "./page-summary.ts";
import { readPieces } from "./read-pieces.ts";

export interface ImportHooks {
  readonly onProgress: OnProgress;
  /** More events of a page can be read from the store. */
  readonly onStored: (stored: StoredEvents) => void;
  readonly signal: AbortSignal;
}

const LONGEST_NAME = 200;
/** As many events are stored at once: at first few, so that they are shown soon; then more, as each time the worker waits. */
const FIRST = 5_000;
const NEXT = 20_000;

interface PageImport {
  id: PageId;
  summary: PageSummary;
  /** The events of a page that has to be sorted; null: they are in order so far, and stored. */
  unsorted: RecordedEvent[] | null;
  /** Events that are in order and not stored yet. */
  waiting: readonly RecordedEvent[];
  /** Where its events begin in the text. */
  readonly from: number;
}

/** A recording of Hubscope, or a file of another tool. The caller has to cancel `job` if it rejects. */
export async function importFile(
  file: File,
  job: Import,
  now: EpochMilliseconds,
  { onProgress, onStored, signal }: ImportHooks,
): Promise<ImportOutcome> {
  const reader = createRecordingReader();
  const announcer = createAnnouncer(onStored);
  let stored = 0;
  let enough = FIRST;
  const pages = new Map<number, PageImport>();
  let length = 0;
  let leftOut = 0;
  let current: PageImport | null = null;
  /** The next events are read while these are stored. */
  let storing: Promise<void> = Promise.resolve();

  const pageAt = (index: number): PageImport => {
    const known = pages.get(index);
    if (known) return known;
    const page: PageImport = {
      ...{ id: `${job.mark}${index}`, summary: createPageSummary() },
      ...{ unsorted: null, waiting: [], from: length },
    };
    pages.set(index, page);
    return page;
  };

  const rowOf = (page: PageImport, head: PageHead, recording: PageId): ImportedPage => ({
    ...page.summary.figures(),
    ...{ page: page.id, recording, url: head.url, frameId: page.id === recording ? 0 : 1 },
    ...{ tabId: 0, browserSession: 0, connections: 0 },
    ...{ imported: file.name.slice(0, LONGEST_NAME), importedAt: now },
  });

  /** null: it isn't known yet to which recording it belongs. */
  const rowNow = (index: number, page: PageImport): ImportedPage | null => {
    const head = reader.head(index);
    if (!head) return null;
    for (let i = 0; i <= index; i++)
      if (reader.head(i)?.page === head.recording) return rowOf(page, head, pageAt(i).id);
    return null;
  };

  const store = async (index: number, page: PageImport, events: readonly RecordedEvent[]): Promise<void> => {
    page.summary.add(events);
    const row = rowNow(index, page);
    await storing;
    enough = NEXT;
    storing = job.add(page.id, events, row).then(() => {
      stored += events.length;
      if (row) announcer.stored({ recording: row.recording, page: row.page, upTo: row.storedUpTo }, stored);
    });
    // It is awaited later, when it may already have failed.
    storing.catch(() => undefined);
  };

  const storeWaiting = async (index: number, page: PageImport, least = 1): Promise<void> => {
    while (page.waiting.length >= least) {
      const next = page.waiting.slice(0, enough);
      page.waiting = page.waiting.slice(enough);
      await store(index, page, next);
    }
  };

  const sort = async (index: number, page: PageImport): Promise<void> => {
    if (!page.unsorted) return;
    const sorted = inOrderOfSeq(page.unsorted);
    leftOut += sorted.leftOut;
    page.unsorted = null;
    page.id += "s";
    page.summary = createPageSummary();
    await store(index, page, sorted.events);
  };

  const keep = async ({ page: index, events, inOrder }: EventsRead): Promise<void> => {
    const page = pageAt(index);
    if (current !== page) await sortAll();
    current = page;
    if (!inOrder) {
      if (length - page.from > LONGEST_TO_SORT) throw new Error(TOO_MANY_TO_SORT);
      await storing;
      page.unsorted ??= [...(await job.takeBack(page.id)), ...page.waiting];
      page.waiting = [];
    }
    if (page.unsorted) {
      for (const event of events) page.unsorted.push(event);
      return;
    }
    page.waiting = page.waiting.length === 0 ? events : [...page.waiting, ...events];
    await storeWaiting(index, page, enough);
  };
  const sortAll = async (): Promise<void> => {
    for (const [index, page] of pages) {
      if (page.waiting.length > 0) await storeWaiting(index, page);
      if (page.unsorted) await sort(index, page);
    }
  };

  let broken: Error | null = null;
  try {
    for await (const { text, share } of readPieces(file)) {
      for (const part of reader.push(text)) {
        signal.throwIfAborted();
        await keep(part);
      }
      signal.throwIfAborted();
      length += text.length;
      onProgress(share);
      if (reader.isDone()) break;
    }
  } catch (error) {
    await storing;
    if (!(error instanceof BrokenContent)) throw error;
    broken = error;
  }
  const ending = reader.end();
  let next = ending.next();
  for (; !next.done; next = ending.next()) await keep(next.value);
  const end = next.value;
  if (!end.ok) {
    if (broken || end.isOurs) throw broken ?? new Error(end.problem);
    return importOther(file, end.problem, job, now, { onProgress, onStored, signal });
  }
  await sortAll();
  await storing;

  const rows = end.pages.map((head, i): ImportedPage => {
    const top = end.pages.findIndex(({ page }) => page === head.recording);
    const row = rowOf(pageAt(i), head, pageAt(top < 0 ? i : top).id);
    return row.page === row.recording && end.scorecard ? { ...row, scorecard: end.scorecard } : row;
  });
  await job.finish(rows);
  announcer.flush();
  leftOut += end.leftOut;
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  return {
    recording: rows[0]?.recording ?? "",
    warnings: [
      ...(end.damage ? [restIsMissing(end.damage, events)] : []),
      ...(leftOut > 0 ? [leftOutWarning(leftOut)] : []),
    ],
  };
}

/** @param problem why it is no recording of Hubscope */
async function importOther(
  file: File,
  problem: string,
  job: Import,
  now: EpochMilliseconds,
  hooks: ImportHooks,
): Promise<ImportOutcome> {
  const other = await openOther(textsOf(file, hooks.signal), problem);
  if (!other.ok) throw new Error(other.problem);
  const { warnings, ...outcome } = await importFile(new File([other.text], file.name), job, now, hooks);
  return { ...outcome, warnings: [...other.notes, ...warnings] };
}

async function* textsOf(file: File, signal: AbortSignal): AsyncGenerator<string> {
  for await (const { text } of readPieces(file)) {
    signal.throwIfAborted();
    yield text;
  }
}
