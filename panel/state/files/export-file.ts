/** Writes a stored recording to a file, piece by piece. What is done with the pieces is here, what is in them in `extension/export`. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { Scorecard } from "../../../extension/core/scenarios/scorecard.ts";
import { LOCAL } from "../../../extension/core/text/format.ts";
import { formatOf, type ExportKind } from "../../../extension/export/export-formats.ts";
import type { PagePiece } from "../../../extension/export/recording-source.ts";
import type { Inventory } from "../../../extension/export/inventory.ts";
import { inspectExport, writeExport, type ExportContents } from "../../../extension/export/write-export.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import { hostOf } from "../recordings.ts";
import { scorecardOf } from "../scenarios/user-data.ts";
import type { ExportedFile, TransferOptions } from "../source.ts";

/** Where the recording is. */
export interface ExportSource {
  /** All pages of the recording, its top page first. */
  readonly pages: readonly StoredPage[];
  /** In order of seq. */
  readEvents(page: PageId): AsyncIterable<readonly RecordedEvent[]>;
}

export interface FileMeta {
  /** Version of Hubscope that writes the file. */
  readonly hubscope: string;
  readonly now: number;
  /** The stored scorecards, unchecked. */
  readonly scorecards: unknown;
  /** The style sheet of an HTML report. */
  readonly reportStyle: string;
}

export async function exportFile(
  source: ExportSource,
  kind: ExportKind,
  contents: ExportContents,
  { hubscope, now, scorecards, reportStyle }: FileMeta,
  options: TransferOptions,
): Promise<ExportedFile> {
  const [first] = source.pages;
  if (!first) throw new Error("the recording is gone");
  const scorecard = scorecardIn(source.pages, scorecards);
  const { mediaType, gzip } = formatOf(kind);
  // The browser may keep the parts of a blob on disk.
  const keep = (text: string): Blob => new Blob([text]);
  const pieces = writeExport(
    {
      read: () => watched(source, options),
      scorecard: () => scorecard,
      events: source.pages.reduce((sum, page) => sum + page.events, 0),
    },
    kind,
    contents,
    { hubscope, writtenAt: now, reportStyle, zone: LOCAL },
    keep,
  );
  const parts: Blob[] = [];
  for await (const piece of gzip ? compressed(pieces) : pieces)
    parts.push(typeof piece === "string" ? keep(piece) : piece);
  const startedAt = Math.max(first.startedAt, contents.range?.from ?? 0);
  const host = contents.masks?.hosts === true ? "" : hostOf(first.url);
  return { name: `${fileName(host, startedAt)}.${kind}`, blob: new Blob(parts, { type: mediaType }) };
}

/** What would be in the file. */
export const inspectFile = (
  source: ExportSource,
  contents: ExportContents,
  now: EpochMilliseconds,
  options: TransferOptions,
): Promise<Inventory> =>
  inspectExport({ read: () => watched(source, options), scorecard: () => null }, contents, now);

const scorecardIn = (pages: readonly StoredPage[], stored: unknown): Scorecard | null =>
  pages[0]?.scorecard ??
  scorecardOf(
    pages.map((page) => ({ page })),
    stored,
  );

/** The events. It reports their progress, and can be cancelled. */
async function* watched(
  { pages, readEvents }: ExportSource,
  { onProgress, signal }: TransferOptions,
): AsyncGenerator<PagePiece> {
  const total = pages.reduce((sum, page) => sum + page.events, 0);
  let done = 0;
  for (const page of pages) {
    yield { page, events: [] };
    for await (const events of readEvents(page.page)) {
      signal.throwIfAborted();
      yield { page, events };
      done += events.length;
      onProgress(Math.min(1, done / Math.max(1, total)));
    }
  }
}

async function* compressed(pieces: AsyncIterable<string | Blob>): AsyncGenerator<Blob> {
  const encoder = new TextEncoder();
  const reading = pieces[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await reading.next();
      if (next.done) controller.close();
      else if (typeof next.value === "string") controller.enqueue(encoder.encode(next.value));
      else controller.enqueue(new Uint8Array(await next.value.arrayBuffer()));
    },
  });
  yield await new Response(stream.pipeThrough(new CompressionStream("gzip"))).blob();
}

/** Limits the host in file names, as file systems limit their length. */
const LONGEST_HOST = 60;

/** "signalr-board.example-2026-11-24-104207". */
function fileName(host: string, startedAt: EpochMilliseconds): string {
  const at = new Date(startedAt);
  const two = (n: number): string => String(n).padStart(2, "0");
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join("");
  const name = host.replaceAll(/[^\w.-]+/g, "_").slice(0, LONGEST_HOST);
  return `signalr-${name || "recording"}-${date}-${time}`;
}
