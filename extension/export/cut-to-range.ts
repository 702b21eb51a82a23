/**
 * Cuts a recording to a range of time. What is left is a recording as if Hubscope had been switched on at its beginning: it says
 * which connections existed then and in which state, as the hook does on a page that is open already.
 */
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageHead } from "../core/recording/recording-reader.ts";
import type { Scorecard } from "../core/scenarios/scorecard.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { leaves } from "./leaves.ts";
import { createPageSoFar } from "./page-so-far.ts";
import type { PagePiece } from "./recording-source.ts";

export class NothingInRange extends Error {
  constructor() {
    super("nothing was recorded in this range");
  }
}

/** Both ends are in it. */
export interface TimeRange {
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
}

/**
 * Pages that weren't open in the range are left out.
 * @throws Error: none was
 */
export async function* cutToRange(
  pieces: AsyncIterable<PagePiece>,
  range: TimeRange,
): AsyncGenerator<PagePiece> {
  let current: { readonly page: PageHead; readonly cut: PageCut } | null = null;
  let kept = 0;
  const piece = (page: PageHead, events: readonly RecordedEvent[]): PagePiece[] => {
    if (events.length === 0) return [];
    kept += events.length;
    return [{ page, events }];
  };
  for await (const { page, events } of pieces) {
    if (current?.page.page !== page.page) {
      if (current) yield* piece(current.page, current.cut.end());
      current = { page, cut: createPageCut(range) };
    }
    yield* piece(page, current.cut.take(events));
  }
  if (current) yield* piece(current.page, current.cut.end());
  if (kept === 0) throw new NothingInRange();
}

/** The scenarios that ran in the range, at least in part. */
export function cutScorecard(card: Scorecard, { from, to }: TimeRange): Scorecard | null {
  const results = card.results.filter((result) => result.to >= from && result.from <= to);
  return results.length > 0 ? { ...card, results } : null;
}

interface PageCut {
  /** The next events of the page, in order of seq. @returns those in the range */
  take(events: readonly RecordedEvent[]): RecordedEvent[];
  end(): RecordedEvent[];
}

function createPageCut({ from, to }: TimeRange): PageCut {
  const before = createPageSoFar();
  let begun = false;
  let isOver = false;
  /** The page was open at the end of the range: more is recorded of it. */
  let goesOn = false;
  let isLeft = false;
  let last: RecordedEvent | null = null;

  const begin = (event: RecordedEvent, at: EpochMilliseconds): RecordedEvent[] => {
    begun = true;
    return before.asFound(event.seq, at);
  };
  const takeOne = (event: RecordedEvent): readonly RecordedEvent[] => {
    if (isOver) return [];
    if (!begun && event.t < from) {
      before.add(event);
      return [];
    }
    const isAfter = event.t > to;
    // A page that nothing happened in was open all the same; one that had been left was not.
    if (isAfter && !begun && before.isLeft) {
      isOver = true;
      return [];
    }
    const start = begun ? [] : begin(event, before.isLeft ? event.t : from);
    if (isAfter) {
      goesOn = isOver = true;
      return start;
    }
    isLeft = leaves(event) ?? isLeft;
    return [...start, event];
  };

  return {
    take(events) {
      const taken = events.flatMap(takeOne);
      last = taken.at(-1) ?? last;
      return taken;
    },
    end: () => (goesOn && !isLeft && last ? [{ kind: "still-open", seq: last.seq + 1, t: to }] : []),
  };
}
