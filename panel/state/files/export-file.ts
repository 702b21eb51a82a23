/** Writes a stored recording to a file, piece by piece: of its events only one segment is in memory, except for an HTML report. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { withoutPayload } from "../../../extension/core/events/payload.ts";
import type { PageId } from "../../../extension/core/ids.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { createCleaner } from "../../../extension/core/recording/clean-events.ts";
import { createRecordingWriter } from "../../../extension/core/recording/recording-file.ts";
import type { Scorecard } from "../../../extension/core/scenarios/scorecard.ts";
import { LOCAL } from "../../../extension/core/text/format.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import { EXPORT_FORMATS, type ExportKind } from "../export-formats.ts";
import { hostOf } from "../recordings.ts";
import { scorecardOf } from "../scenarios/user-data.ts";
import type { ExportedFile, ExportOptions, TransferOptions } from "../source.ts";

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
  contents: ExportOptions,
  meta: FileMeta,
  options: TransferOptions,
): Promise<ExportedFile> {
  const [first] = source.pages;
  if (!first) throw new Error("the recording is gone");
  const scorecard =
    first.scorecard ??
    scorecardOf(
      source.pages.map((page) => ({ page })),
      meta.scorecards,
    );
  const takesPayloads = EXPORT_FORMATS.some((format) => format.kind === kind && format.payloads);
  const wanted = { payloads: contents.payloads && takesPayloads };
  const whole = contents.isOpen === true ? withEnd(source, meta.now) : source;
  const blob = await WRITERS[kind](watched(whole, wanted, options), { ...meta, scorecard });
  return { name: `${fileName(first)}.${kind}`, blob };
}

/** Notes at the end of each page that is still open until when that was so. */
const withEnd = ({ pages, readEvents }: ExportSource, now: EpochMilliseconds): ExportSource => ({
  pages,
  async *readEvents(page) {
    let isOpen = true;
    let last: RecordedEvent | undefined;
    for await (const events of readEvents(page)) {
      for (const event of events)
        if (event.kind === "recording-ended") isOpen = false;
        else if (event.kind === "lifecycle" && event.phase === "pagehide") isOpen = false;
        else if (event.kind === "lifecycle" && event.phase === "pageshow") isOpen = true;
      last = events.at(-1) ?? last;
      yield events;
    }
    if (last && isOpen) yield [{ kind: "still-open", seq: last.seq + 1, t: Math.max(last.t, now) }];
  },
});

/** The source without payloads, if they are excluded; it reports its progress, and can be cancelled. */
function watched(
  { pages, readEvents }: ExportSource,
  { payloads }: ExportOptions,
  { onProgress, signal }: TransferOptions,
): ExportSource {
  const total = pages.reduce((sum, page) => sum + page.events, 0);
  let done = 0;
  return {
    pages,
    async *readEvents(page) {
      for await (const events of readEvents(page)) {
        signal.throwIfAborted();
        yield payloads ? events : events.map(withoutPayload);
        done += events.length;
        onProgress(Math.min(1, done / Math.max(1, total)));
      }
    },
  };
}

type Writer = (
  source: ExportSource,
  meta: FileMeta & { readonly scorecard: Scorecard | null },
) => Promise<Blob>;

/** The writers, by file extension. They redact what they write. */
const WRITERS: Readonly<Record<ExportKind, Writer>> = {
  html: writeHtml,
  json: writeJson,
  "json.gz": writePacked,
};

async function writeHtml(...[source, meta]: Parameters<Writer>): Promise<Blob> {
  const reducer = createReducer();
  for (const page of source.pages) {
    const clean = createCleaner();
    for await (const events of source.readEvents(page.page)) reducer.apply(page.page, clean(events));
  }
  const { hubscope, now, scorecard, reportStyle } = meta;
  const about = { hubscope, exportedAt: now, scorecard, style: reportStyle, zone: LOCAL };
  return new Blob([writeHtmlReport(reducer.model, about)], { type: "text/html" });
}

/** The text of a recording file, a segment at a time. */
async function* textsOf(...[source, meta]: Parameters<Writer>): AsyncGenerator<string, void> {
  const { hubscope, now, scorecard } = meta;
  const writer = createRecordingWriter({ hubscope, exportedAt: new Date(now).toISOString() });
  yield writer.begin();
  for (const page of source.pages) {
    yield writer.beginPage(page);
    for await (const events of source.readEvents(page.page)) yield writer.events(events);
    yield writer.endPage();
  }
  yield writer.end(scorecard);
}

/** The browser may keep the parts of a blob on disk. */
async function writeJson(...given: Parameters<Writer>): Promise<Blob> {
  const parts: Blob[] = [];
  for await (const text of textsOf(...given)) parts.push(new Blob([text]));
  return new Blob(parts, { type: "application/json" });
}

function writePacked(...given: Parameters<Writer>): Promise<Blob> {
  const texts = textsOf(...given);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await texts.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
  return new Response(stream.pipeThrough(new CompressionStream("gzip"))).blob();
}

/** Limits the host in file names, as file systems limit their length. */
const LONGEST_HOST = 60;

/** "signalr-board.example-2026-11-24-104207". */
function fileName({ url, startedAt }: StoredPage): string {
  const at = new Date(startedAt);
  const two = (n: number): string => String(n).padStart(2, "0");
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join("");
  const host = hostOf(url)
    .replaceAll(/[^\w.-]+/g, "_")
    .slice(0, LONGEST_HOST);
  return `signalr-${host || "recording"}-${date}-${time}`;
}
