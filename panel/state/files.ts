/** Recording files: from stored pages to a file and back. */
import { sizeOfEvents } from "../../extension/core/events/event-size.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { PageId } from "../../extension/core/ids.ts";
import { writeHtmlReport } from "../../extension/report/html-report.tsx";
import { LARGEST_FILE } from "../../extension/core/recording/file-format.ts";
import { readRecordingFile, writeRecordingFile } from "../../extension/core/recording/recording-file.ts";
import { withoutPayload } from "../../extension/core/events/payload.ts";
import { redactEvents } from "../../extension/core/events/redact-events.ts";
import type { Scorecard } from "../../extension/core/scenarios/scorecard.ts";
import { redactUrl } from "../../extension/core/redaction/redact.ts";
import type { StoredPage } from "../../extension/store/stored-page.ts";
import type { Bytes, EpochMilliseconds } from "../../extension/core/units.ts";
import { bytes, counted, LOCAL } from "../../extension/core/text/format.ts";
import { scorecardOf } from "./scenarios/user-data.ts";
import { hostOf } from "./recordings.ts";
import type { ExportKind } from "./export-formats.ts";
import type { ExportedFile, ExportOptions, OnProgress } from "./source.ts";

export interface PageWithEvents {
  readonly page: StoredPage;
  readonly events: readonly RecordedEvent[];
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

export async function exportEvents(
  pages: readonly PageWithEvents[],
  kind: ExportKind,
  { payloads }: ExportOptions,
  meta: FileMeta,
  onProgress: OnProgress,
): Promise<ExportedFile> {
  const first = pages[0]?.page;
  if (!first) throw new Error("the recording is gone");
  const kept = pages.map(({ page, events }) => ({
    page: { ...page, url: redactUrl(page.url) },
    events: redactEvents(payloads ? events : events.map(withoutPayload)),
  }));
  const name = fileName(first);
  const scorecard = first.scorecard ?? scorecardOf(pages, meta.scorecards);
  onProgress(0.5);
  await nextTask();
  return { name: `${name}.${kind}`, blob: await WRITERS[kind](kept, { ...meta, scorecard }) };
}

type Writer = (
  pages: readonly PageWithEvents[],
  meta: FileMeta & { readonly scorecard: Scorecard | null },
) => Blob | Promise<Blob>;

/** The writers, by file extension. Their input is redacted, and has no payloads if these are excluded. */
const WRITERS: Readonly<Record<ExportKind, Writer>> = {
  html: writeHtml,
  json: writeJson,
  "json.gz": async (pages, meta) => {
    const json = writeJson(pages, meta);
    return new Response(json.stream().pipeThrough(new CompressionStream("gzip"))).blob();
  },
};

function writeHtml(...[pages, { hubscope, now, scorecard, reportStyle }]: Parameters<Writer>): Blob {
  const reducer = createReducer();
  for (const { page, events } of pages) reducer.apply(page.page, events);
  const text = writeHtmlReport(reducer.model, {
    hubscope,
    exportedAt: now,
    scorecard,
    style: reportStyle,
    zone: LOCAL,
  });
  return new Blob([text], { type: "text/html" });
}

function writeJson(...[pages, { hubscope, now, scorecard }]: Parameters<Writer>): Blob {
  const text = writeRecordingFile(
    pages.map(({ page, events }) => ({ page: page.page, recording: page.recording, url: page.url, events })),
    { hubscope, exportedAt: new Date(now).toISOString(), scorecard },
  );
  return new Blob([text], { type: "application/json" });
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

/** Lets the panel render before long work begins. */
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Imports a file with new page ids: so the same file can be opened twice, or together with the original recording. */
export async function importEvents(
  file: File,
  now: number,
  onProgress: OnProgress,
): Promise<{ pages: PageWithEvents[]; warnings: string[] }> {
  const text = await readText(file);
  onProgress(0.4);
  await nextTask();
  const result = readRecordingFile(text);
  if (!result.ok) throw new Error(result.problem);
  onProgress(0.8);
  const mark = `file:${now.toString(36)}:`;
  const { scorecard } = result.file;
  const known = new Set(result.file.pages.map((page) => page.page));
  const pages = result.file.pages.map(({ page, recording, url, events }): PageWithEvents => {
    const top: PageId = known.has(recording) ? recording : page;
    const about = describe(mark + page, mark + top, url, events, { name: file.name, now });
    return { page: page === top && scorecard ? { ...about, scorecard } : about, events };
  });
  const lost =
    result.leftOut > 0
      ? [
          `${counted(result.leftOut, "event")} could not be read and ${result.leftOut === 1 ? "is" : "are"} left out; everything else was kept.`,
        ]
      : [];
  return { pages, warnings: lost };
}

const LONGEST_NAME = 200;

function describe(
  page: PageId,
  recording: PageId,
  url: string,
  events: readonly RecordedEvent[],
  file: { readonly name: string; readonly now: EpochMilliseconds },
): StoredPage {
  const reducer = createReducer();
  reducer.apply(page, events);
  const { hubs, from, to } = reducer.model;
  return {
    page,
    recording,
    url,
    tabId: 0,
    browserSession: 0,
    frameId: page === recording ? 0 : 1,
    startedAt: events.length > 0 ? from : 0,
    lastAt: to,
    storedUpTo: events.at(-1)?.seq ?? 0,
    events: events.length,
    bytes: sizeOfEvents(events),
    hubs: hubs.length,
    interruptions: hubs.reduce((sum, hub) => sum + hub.interruptions.length, 0),
    connections: 0,
    pinned: false,
    imported: file.name.slice(0, LONGEST_NAME),
    importedAt: file.now,
  };
}

/** Gzip is recognised by the first bytes, not by the file's name. */
export async function readText(file: Blob, limit: Bytes = LARGEST_FILE): Promise<string> {
  if (file.size > limit) throw new Error(`it is larger than ${bytes(limit)}`);
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return head[0] === 0x1f && head[1] === 0x8b ? unpack(file, limit) : file.text();
}

/** Unpacks piece by piece: a small file may contain more than fits into memory. */
async function unpack(file: Blob, limit: Bytes): Promise<string> {
  const pieces = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await pieces.read().catch(() => {
      throw new Error("it is damaged: its compressed content ends early or is broken");
    });
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > limit) {
      await pieces.cancel();
      throw new Error(`unpacked it is larger than ${bytes(limit)}`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
