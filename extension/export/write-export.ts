/** Writes a recording in any of the export formats. The panel, the command line and tests all export through this. */
import type { RecordedEvent } from "../core/events/events.ts";
import { withoutPayload } from "../core/events/payload.ts";
import type { Scorecard } from "../core/scenarios/scorecard.ts";
import type { PageId } from "../core/ids.ts";
import { createCleaner } from "../core/recording/clean-events.ts";
import { redactUrl } from "../core/redaction/redact.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { cutScorecard, cutToRange, type TimeRange } from "./cut-to-range.ts";
import { leaves } from "./leaves.ts";
import { writeCallsCsv } from "./csv/calls.ts";
import { writeEventsCsv } from "./csv/events.ts";
import { writeInterruptionsCsv } from "./csv/interruptions.ts";
import { writeMessagesCsv } from "./csv/messages.ts";
import { writeHar } from "./har/write-har.ts";
import { EXPORT_FORMATS, type ExportKind } from "./export-formats.ts";
import type { AboutExport, FormatWriter, PutAway } from "./format-writer.ts";
import type { PagePiece, RecordingSource } from "./recording-source.ts";
import { writeHtml, writeMarkdown, writeText } from "./reports.ts";
import { writeRecording } from "./recording.ts";

/** What of a recording is exported. */
export interface ExportContents {
  /** Whether with payloads, where the format has any. */
  readonly payloads: boolean;
  /** The part of it that is wanted; all of it when absent. */
  readonly range?: TimeRange;
  /** Its pages are open and being recorded: it is noted until when that was so. */
  readonly isOpen?: boolean;
}

const WRITERS: Readonly<Record<ExportKind, FormatWriter>> = {
  html: writeHtml,
  md: writeMarkdown,
  txt: writeText,
  json: writeRecording,
  "json.gz": writeRecording,
  har: writeHar,
  "events.csv": writeEventsCsv,
  "messages.csv": writeMessagesCsv,
  "calls.csv": writeCallsCsv,
  "interruptions.csv": writeInterruptionsCsv,
};

/**
 * The texts of the file, in order. Secrets are removed, whether or not they were before.
 * @throws what reading the source throws
 */
export function writeExport<Kept>(
  source: RecordingSource,
  kind: ExportKind,
  { payloads, range, isOpen = false }: ExportContents,
  about: AboutExport,
  putAway: PutAway<Kept>,
): AsyncIterable<string | Kept> {
  const takesPayloads = EXPORT_FORMATS.some((format) => format.kind === kind && format.payloads);
  const steps: Step[] = [
    ...(isOpen ? [noteEnd(about.writtenAt)] : []),
    ...(range ? [(pieces: AsyncIterable<PagePiece>) => cutToRange(pieces, range)] : []),
    ...(payloads && takesPayloads ? [] : [dropPayloads]),
    clean,
  ];
  const read = (): AsyncIterable<PagePiece> => steps.reduce((pieces, step) => step(pieces), source.read());
  const scorecard = (): Scorecard | null => {
    const card = source.scorecard();
    return card && range ? cutScorecard(card, range) : card;
  };
  return WRITERS[kind]({ read, scorecard }, about, putAway);
}

type Step = (pieces: AsyncIterable<PagePiece>) => AsyncIterable<PagePiece>;

async function* dropPayloads(pieces: AsyncIterable<PagePiece>): AsyncGenerator<PagePiece> {
  for await (const { page, events } of pieces) yield { page, events: events.map(withoutPayload) };
}

async function* clean(pieces: AsyncIterable<PagePiece>): AsyncGenerator<PagePiece> {
  let of: PageId | null = null;
  let cleaner = createCleaner();
  for await (const { page, events } of pieces) {
    if (page.page !== of) cleaner = createCleaner();
    of = page.page;
    yield { page: { ...page, url: redactUrl(page.url) }, events: cleaner(events) };
  }
}

/** Notes at the end of each page that is still open until when that was so. */
const noteEnd = (now: EpochMilliseconds): Step =>
  async function* (pieces) {
    let open: { readonly page: PagePiece["page"]; isLeft: boolean; last: RecordedEvent | null } | null = null;
    const end = (): PagePiece[] =>
      open?.last && !open.isLeft
        ? [
            {
              page: open.page,
              events: [{ kind: "still-open", seq: open.last.seq + 1, t: Math.max(open.last.t, now) }],
            },
          ]
        : [];
    for await (const piece of pieces) {
      if (open?.page.page !== piece.page.page) {
        yield* end();
        open = { page: piece.page, isLeft: false, last: null };
      }
      for (const event of piece.events) open.isLeft = leaves(event) ?? open.isLeft;
      open.last = piece.events.at(-1) ?? open.last;
      yield piece;
    }
    yield* end();
  };
