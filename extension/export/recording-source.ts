/** What is exported: the events of a recording, wherever they are (the store, memory, a file). */
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageHead } from "../core/recording/recording-reader.ts";
import type { Scorecard } from "../core/scenarios/scorecard.ts";

/** The next events of a page. */
export interface PagePiece {
  readonly page: PageHead;
  /** In order of seq. Empty for a page without events. */
  readonly events: readonly RecordedEvent[];
}

export interface RecordingSource {
  /** Page after page, each in pieces, so that a recording of any size needs little memory. It can be read again. */
  read(): AsyncIterable<PagePiece>;
  /** How many events it has in all, if that is known: then room is made for them at once. */
  readonly events?: number;
  /** Of the scenarios that were run in it. Known once everything has been read. */
  scorecard(): Scorecard | null;
}
