/** Writes a recording in any of the export formats. The panel, the command line and tests all export through this. */
import type { RecordedEvent } from "../core/events/events.ts";
import { withoutPayload } from "../core/events/payload.ts";
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
import { formatOf, type ExportKind } from "./export-formats.ts";
import { takeInventory, type Inventory } from "./inventory.ts";
import { createMasker, type Masker } from "./masks/masker.ts";
import { NO_MASKS, masksAny, type Masks } from "./masks/masks.ts";
import type { AboutExport, FormatWriter, PutAway } from "./format-writer.ts";
import type { PagePiece, RecordingSource } from "./recording-source.ts";
import { writeHtml, writeMarkdown, writeText } from "./reports.ts";
import { writeRecording } from "./recording.ts";
import { writeOtlp } from "./otlp/write-otlp.ts";
import { withoutPayloadButContext } from "../core/events/trace-context.ts";
import { writeTrace } from "./trace/write-trace.ts";

/** What of a recording is exported. */
export interface ExportContents {
  /** Whether with payloads, where the format has any. */
  readonly payloads: boolean;
  /** The part of it that is wanted; all of it when absent. */
  readonly range?: TimeRange;
  /** What is replaced in it; nothing when absent. */
  readonly masks?: Masks;
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
  "trace.json": writeTrace,
  "traces.otlp.jsonl": writeOtlp("traces"),
  "logs.otlp.jsonl": writeOtlp("logs"),
  "metrics.otlp.jsonl": writeOtlp("metrics"),
  "events.csv": writeEventsCsv,
  "messages.csv": writeMessagesCsv,
  "calls.csv": writeCallsCsv,
  "interruptions.csv": writeInterruptionsCsv,
};

/**
 * The texts of the file, in order. Secrets are removed, whether or not they were before.
 * @throws what reading the source throws; Error: nothing was recorded in the range
 */
export function writeExport<Kept>(
  source: RecordingSource,
  kind: ExportKind,
  contents: ExportContents,
  about: AboutExport,
  putAway: PutAway<Kept>,
): AsyncIterable<string | Kept> {
  const format = formatOf(kind);
  const payloads = contents.payloads && format.payloads;
  const drop = format.traceContext ? withoutPayloadButContext : withoutPayload;
  const { range: part, masks = NO_MASKS } = contents;
  const { warnings } = about;
  return WRITERS[kind](
    prepared(source, { ...contents, payloads }, about.writtenAt, drop),
    {
      ...about,
      ...(part ? { part } : {}),
      // They may name what a file of another tool says of itself.
      ...(warnings && masksAny(masks) ? { warnings: createMasker(masks).sentences(warnings) } : {}),
    },
    putAway,
  );
}

/**
 * What an export with these contents would have in it, in a format that has everything.
 * @throws the same
 */
export const inspectExport = (
  source: RecordingSource,
  contents: ExportContents,
  now: EpochMilliseconds,
): Promise<Inventory> => takeInventory(prepared(source, contents, now).read());

/**
 * What is sent instead of written to a file: the same is removed from it. Of payloads there is nothing but trace contexts.
 * @throws the same
 */
export const prepareForOtlp = (
  source: RecordingSource,
  contents: Omit<ExportContents, "payloads">,
  now: EpochMilliseconds,
): RecordingSource => prepared(source, { ...contents, payloads: false }, now, withoutPayloadButContext);

/** The source as it is written: cut, without what isn't wanted, masked, without secrets. */
function prepared(
  source: RecordingSource,
  { payloads, range, masks = NO_MASKS, isOpen = false }: ExportContents,
  now: EpochMilliseconds,
  drop = withoutPayload,
): RecordingSource {
  const masker = masksAny(masks) ? createMasker(masks) : null;
  const steps: Step[] = [
    ...(isOpen ? [noteEnd(now)] : []),
    ...(range ? [(pieces: AsyncIterable<PagePiece>) => cutToRange(pieces, range)] : []),
    ...(payloads ? [] : [dropPayloads(drop)]),
    clean,
  ];
  const read = (): AsyncIterable<PagePiece> => steps.reduce((pieces, step) => step(pieces), source.read());
  return {
    ...(source.events === undefined ? {} : { events: source.events }),
    read: () => (masker ? masked(read, source, masker) : read()),
    scorecard() {
      const card = source.scorecard();
      const cut = card && range ? cutScorecard(card, range) : card;
      return cut && masker ? masker.scorecard(cut) : cut;
    },
  };
}

type Step = (pieces: AsyncIterable<PagePiece>) => AsyncIterable<PagePiece>;

const dropPayloads = (drop: (event: RecordedEvent) => RecordedEvent): Step =>
  async function* (pieces) {
    for await (const { page, events } of pieces) yield { page, events: events.map(drop) };
  };

async function* clean(pieces: AsyncIterable<PagePiece>): AsyncGenerator<PagePiece> {
  let of: PageId | null = null;
  let cleaner = createCleaner();
  for await (const { page, events } of pieces) {
    if (page.page !== of) cleaner = createCleaner();
    of = page.page;
    yield { page: { ...page, url: redactUrl(page.url) }, events: cleaner(events) };
  }
}

/**
 * Reads it twice: a host or an id may be named before the event that says what it is, or by one that isn't exported: it is outside of
 * the range, in a payload, or in a scorecard.
 */
async function* masked(
  read: () => AsyncIterable<PagePiece>,
  whole: RecordingSource,
  masker: Masker,
): AsyncGenerator<PagePiece> {
  for await (const { page, events } of clean(whole.read())) masker.learn(page, events);
  const card = whole.scorecard();
  if (card) masker.learnScorecard(card);
  for await (const { page, events } of read())
    yield { page: masker.page(page), events: masker.events(events) };
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
