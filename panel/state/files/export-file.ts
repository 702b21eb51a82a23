/** Writes stored pages to a file. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { writeHtmlReport } from "../../../extension/report/html-report.tsx";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { withoutPayload } from "../../../extension/core/events/payload.ts";
import { redactEvents } from "../../../extension/core/events/redact-events.ts";
import type { Scorecard } from "../../../extension/core/scenarios/scorecard.ts";
import { redactUrl } from "../../../extension/core/redaction/redact.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import { LOCAL } from "../../../extension/core/text/format.ts";
import { scorecardOf } from "../scenarios/user-data.ts";
import { hostOf } from "../recordings.ts";
import type { ExportKind } from "../export-formats.ts";
import type { ExportedFile, ExportOptions, OnProgress } from "../source.ts";

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
