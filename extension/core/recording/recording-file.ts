/**
 * The recording as a file: versioned JSON, readable on any machine. docs/recording-format.md describes it; a change here needs
 * a new version, an upgrade step, a fixture and a line there.
 */
import { RECORDING_VERSION, type RecordedEvent } from "../events/events.ts";
import { redactUrl } from "../redaction/redact.ts";
import { cleanScorecard } from "../scenarios/read-scorecard.ts";
import type { Scorecard } from "../scenarios/scorecard.ts";
import { createCleaner } from "./clean-events.ts";
import { RECORDING_FORMAT, type FilePage, type RecordingFile } from "./file-format.ts";
import { damaged } from "./read-problems.ts";
import { createRecordingReader, inOrderOfSeq, type EventsRead, type PageHead } from "./recording-reader.ts";

export type { FilePage, RecordingFile } from "./file-format.ts";

export interface RecordingMeta {
  readonly exportedAt: string;
  /** Version of Hubscope that writes it. */
  readonly hubscope: string;
}

/**
 * Writes a recording in pieces: the text is what its functions return, one after the other. Secrets were removed when it was
 * recorded, and are removed again here.
 */
export interface RecordingWriter {
  begin(): string;
  beginPage(page: PageHead): string;
  /** In order of seq. */
  events(events: readonly RecordedEvent[]): string;
  endPage(): string;
  end(scorecard: Scorecard | null): string;
}

export function createRecordingWriter({ exportedAt, hubscope }: RecordingMeta): RecordingWriter {
  let clean = createCleaner();
  let pages = 0;
  let isFirst = true;
  return {
    begin() {
      const head = { format: RECORDING_FORMAT, version: RECORDING_VERSION, exportedAt, hubscope };
      return `${JSON.stringify(head).slice(0, -1)},"pages":[`;
    },
    beginPage({ page, recording, url }) {
      clean = createCleaner();
      isFirst = true;
      const head = JSON.stringify({ page, recording, url: redactUrl(url) }).slice(0, -1);
      return `${pages++ > 0 ? "," : ""}${head},"events":[`;
    },
    events(events) {
      if (events.length === 0) return "";
      const text = JSON.stringify(clean(events)).slice(1, -1);
      const comma = isFirst ? "" : ",";
      isFirst = false;
      return comma + text;
    },
    endPage: () => "]}",
    end: (scorecard) => (scorecard ? `],"scorecard":${JSON.stringify(cleanScorecard(scorecard))}}` : "]}"),
  };
}

export function writeRecordingFile(
  pages: readonly FilePage[],
  { scorecard, ...meta }: RecordingMeta & { readonly scorecard?: Scorecard | null },
): string {
  const writer = createRecordingWriter(meta);
  const texts = pages.map((page) => writer.beginPage(page) + writer.events(page.events) + writer.endPage());
  return writer.begin() + texts.join("") + writer.end(scorecard ?? null);
}

export type ReadResult =
  | {
      readonly ok: true;
      readonly file: RecordingFile;
      /** Events that could not be read and were skipped. */ readonly leftOut: number;
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a whole recording file. It never throws: the result contains a sentence for the user about what is wrong. A damaged file is
 * refused, even if its beginning can be read.
 */
export function readRecordingFile(text: string): ReadResult {
  const reader = createRecordingReader();
  const read: RecordedEvent[][] = [];
  const disordered = new Set<number>();
  const keep = ({ page, events, inOrder }: EventsRead): void => {
    const own = (read[page] ??= []);
    for (const event of events) own.push(event);
    if (!inOrder) disordered.add(page);
  };
  for (const part of reader.push(text)) keep(part);
  const ending = reader.end();
  let next = ending.next();
  for (; !next.done; next = ending.next()) keep(next.value);
  const end = next.value;
  if (!end.ok) return end;
  if (end.damage) return { ok: false, problem: damaged(end.damage) };
  let { leftOut } = end;
  const pages = end.pages.map((page, i): FilePage => {
    if (!disordered.has(i)) return { ...page, events: read[i] ?? [] };
    const sorted = inOrderOfSeq(read[i] ?? []);
    leftOut += sorted.leftOut;
    return { ...page, events: sorted.events };
  });
  const { exportedAt, hubscope, scorecard } = end;
  const head = { format: RECORDING_FORMAT, version: RECORDING_VERSION, exportedAt, hubscope } as const;
  return { ok: true, leftOut, file: { ...head, pages, ...(scorecard ? { scorecard } : {}) } };
}
