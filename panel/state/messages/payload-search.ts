/**
 * Searches the payloads of a recording for texts. Payloads aren't in memory: the source reads and searches them elsewhere, page
 * by page, and tells how far it is. Rows must be asked for in the order of their arrival.
 */
import type { EventTable, Row } from "../../../extension/core/columns/event-table.ts";
import { growingFloats, type GrowingNumbers } from "../../../extension/core/columns/growing.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { PanelSource } from "../source.ts";
import type { PayloadHits } from "./match.ts";

interface Searched {
  /** All payloads up to this seq were searched. */
  upTo: number;
  /** For each text. */
  readonly found: readonly Found[];
}

interface Found {
  /** Of the messages that contain the text, in ascending order. */
  readonly seqs: GrowingNumbers;
  /** Where the last row that was asked for is among them. Rows are mostly asked for in order: the next one is near. */
  place: number;
}

export interface PayloadSearch extends PayloadHits {
  /** Whether this row's payload was searched, or it has none. If not, the search goes on, and `onProgress` is called. */
  isKnown(row: Row): boolean;
  stop(): void;
}

/** @param texts in lower case */
export function createPayloadSearch(
  source: Pick<PanelSource, "searchPayloads">,
  events: EventTable,
  texts: readonly string[],
  onProgress: () => void,
  onError: (error: unknown) => void,
): PayloadSearch {
  const pages = new Map<PageId, Searched>();
  const stopped = new AbortController();
  let running = false;

  const searchedOf = (page: PageId): Searched => {
    const known = pages.get(page) ?? {
      upTo: 0,
      found: texts.map(() => ({ seqs: growingFloats(), place: 0 })),
    };
    pages.set(page, known);
    return known;
  };
  const run = async (page: PageId): Promise<void> => {
    const searched = searchedOf(page);
    const goal = events.lastSeqOf(page);
    for await (const { upTo, found } of source.searchPayloads(page, searched.upTo, texts, stopped.signal)) {
      if (stopped.signal.aborted) return;
      for (const [i, seqs] of found.entries()) searched.found[i]?.seqs.append(seqs);
      searched.upTo = Math.max(searched.upTo, upTo);
      onProgress();
    }
    // Payloads behind the last one that was found may have been removed because of the size limit.
    searched.upTo = Math.max(searched.upTo, goal);
  };
  const begin = (page: PageId): void => {
    if (running || stopped.signal.aborted) return;
    running = true;
    run(page)
      .catch((error: unknown) => {
        searchedOf(page).upTo = Infinity;
        if (!stopped.signal.aborted) onError(error);
      })
      .finally(() => {
        running = false;
        if (!stopped.signal.aborted) onProgress();
      });
  };

  return {
    isKnown(row) {
      if (texts.length === 0 || events.payloadSizeOf(row) === 0) return true;
      const page = events.pageOf(row);
      if (events.seqOf(row) <= searchedOf(page).upTo) return true;
      begin(page);
      return false;
    },
    has(row, text) {
      const found = pages.get(events.pageOf(row))?.found[texts.indexOf(text)];
      if (!found) return false;
      const seq = events.seqOf(row);
      const { seqs, place } = found;
      found.place = seqs.firstFrom(seq, seqs.at(place - 1) < seq ? place : 0);
      return seqs.at(found.place) === seq;
    },
    stop() {
      stopped.abort();
    },
  };
}
